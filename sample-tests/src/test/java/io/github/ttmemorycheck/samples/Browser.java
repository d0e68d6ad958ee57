package io.github.ttmemorycheck.samples;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A Chromium without a window and with a profile of its own. The browser and its driver are found on the {@code PATH},
 * or named by the system properties {@code samples.browser} and {@code samples.browser.driver}; nothing is downloaded.
 */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern REQUEST =
            Pattern.compile("\"method\":\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");

    private final Path profile;
    private final ChromeDriver driver;

    /**
     * It looks for bindings to the browser's own protocol, made for one version each; the two commands used here need
     * none.
     */
    private static final Logger ABOUT_VERSIONS = Logger.getLogger("org.openqa.selenium");

    Browser() throws IOException {
        ABOUT_VERSIONS.setLevel(Level.SEVERE);
        profile = Files.createTempDirectory("report-browser");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("samples.browser", "chromium", "chromium-browser", "google-chrome"))
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program("samples.browser.driver", "chromedriver"))
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    private static File program(String property, String... names) {
        String named = System.getProperty(property, "");
        if (!named.isEmpty()) {
            return new File(named);
        }
        return Stream.of(names)
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new AssertionError("none of the programs " + List.of(names)
                        + " is on the PATH; install chromium and chromium-driver, or name one with -D" + property
                        + "=, or leave these tests out with -Pno-browser"));
    }

    /** Opens a page, and waits until its program has built it. */
    void open(Path page, String fragment) {
        driver.get("about:blank");
        driver.get(page.toUri() + fragment);
        until(() -> Boolean.TRUE.equals(run("return document.documentElement.dataset.ready === 'true'")));
    }

    /** Sets the size of the view, and which colours the reader prefers. */
    void view(int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void until(BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE).until(unused -> condition.getAsBoolean());
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Returns the texts of all elements that are shown and match. */
    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    /** Writes what the view shows, with another name for the folder that the project happens to be in. */
    Path screenshot(Path file) throws IOException {
        run(
                "const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
                        + "while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(arguments[0], '/llama')",
                System.getProperty("user.dir"));
        Object data = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"))
                .get("data");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.write(file, Base64.getDecoder().decode(String.valueOf(data)));
    }

    /**
     * Returns what was requested since this was asked last, other than the browser's own pages and data in the page
     * itself.
     */
    List<String> requests() {
        return entries(LogType.PERFORMANCE)
                .flatMap(entry -> REQUEST.matcher(entry.getMessage()).results())
                .map(found -> found.group(1))
                .filter(url -> !url.startsWith("data:") && !url.startsWith("about:") && !url.startsWith("chrome"))
                .toList();
    }

    /** Returns what stands in the console since this was asked last. */
    List<String> console() {
        return entries(LogType.BROWSER).map(LogEntry::getMessage).toList();
    }

    private Stream<LogEntry> entries(String type) {
        return StreamSupport.stream(driver.manage().logs().get(type).spliterator(), false);
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException undeletable) {
                    throw new UncheckedIOException(undeletable);
                }
            });
        }
    }
}

package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all samples with a report, and opens its page in a browser, from the file. The screenshots that are taken
 * meanwhile are in {@code target/screenshots}; those in {@code docs/images} are copies of them.
 */
@Timeout(300)
@Tag("browser")
class RunReportPageTests {

    private static final Logger LOG = LoggerFactory.getLogger(RunReportPageTests.class);
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String LEAK = "OneDeviceLeakTests.decode()";

    private static Path page = Path.of("");
    private static Browser browser;

    @BeforeAll
    static void run_the_samples_and_start_the_browser() throws IOException {
        page = ReportedRun.into(Path.of("target", "report-sample"));
        browser = new Browser();
    }

    @AfterAll
    static void stop_the_browser() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        browser.view(1280, 900, false);
        browser.open(page, "");
    }

    @AfterEach
    void the_page_asks_the_network_for_nothing_and_has_no_errors() {
        assertThat(browser.requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith("file:") && url.contains("index.html"));
        assertThat(browser.console()).isEmpty();
    }

    private static List<String> names() {
        return browser.texts("#rows .name a").stream()
                .map(text -> text.lines().findFirst().orElse(""))
                .toList();
    }

    private static WebElement column(String name) {
        return browser.find("#columns").findElement(By.xpath(".//button[starts-with(., '" + name + "')]"));
    }

    @Test
    void it_says_what_was_checked_and_that_the_devices_are_simulated() {
        assertThat(browser.find("#simulated").getText()).contains("SIMULATED", "SimulatedMeshDevice");
        assertThat(browser.texts("#tiles li"))
                .anyMatch(tile -> tile.matches("\\d+\\s+tests checked"))
                .anyMatch(tile -> tile.matches("\\d+\\s+leaked"))
                .anyMatch(tile -> tile.matches("\\d+\\s+grew with repetitions"))
                .anyMatch(tile -> tile.matches("1\\s+known leak"));
        assertThat(browser.texts("#warnings summary"))
                .anyMatch(text -> text.startsWith("IdleLogTests was not checked"));
        assertThat(browser.texts("#waiver-rows .pill")).contains("used", "unused", "refused");
        assertThat(browser.texts("#late-rows td")).contains("LateReleaseTests.a_prefill_leaves_its_prompt()");
        assertThat(browser.find("#ledger-rows").getText()).isEqualTo("Nobody holds anything that is known.");
        assertThat(browser.texts("#run-rows td")).contains("tt.memory.check.settle", "20ms");
    }

    @Test
    void each_device_has_a_chart_with_a_layer_for_leaks_and_one_for_the_cache() {
        assertThat(browser.texts("figcaption strong")).anyMatch(text -> text.contains("device 3"));
        assertThat(browser.run("return document.querySelectorAll('figure path.leaked').length"))
                .as("layers of leaks")
                .isNotEqualTo(0L);
        assertThat(browser.run("return document.querySelectorAll('figure path.cache').length"))
                .as("layers of the cache")
                .isNotEqualTo(0L);
        Object before = browser.run("return document.querySelector('figure path.leaked').getAttribute('d')");
        browser.find("#axis option[value=time]").click();
        assertThat(browser.run("return document.querySelector('figure path.leaked').getAttribute('d')"))
                .isNotEqualTo(before);
    }

    @Test
    void a_search_leaves_the_tests_that_match() {
        browser.find("#search").sendKeys("onedevice leaked");

        assertThat(names()).containsExactly(LEAK);
        assertThat(browser.find("#shown").getText()).startsWith("1 of ");

        browser.find("#search").clear();
        browser.find("#search").sendKeys("no-such-test");
        assertThat(names()).isEmpty();
    }

    @Test
    void a_filter_leaves_the_tests_with_a_verdict() {
        browser.find("#filters [data-verdict=grew]").sendKeys(Keys.ENTER);

        assertThat(browser.texts("#rows td .pill")).isNotEmpty().containsOnly("grew");
    }

    @Test
    void a_column_sorts_both_ways() {
        column("Test").click();
        List<String> ascending = names();
        column("Test").sendKeys(Keys.SPACE);

        assertThat(ascending.get(0)).isEqualTo("AccumulationLeakTests.Training.step()");
        assertThat(names().get(0)).isEqualTo(ascending.get(ascending.size() - 1));
        assertThat(browser.find("#columns th[aria-sort]").getText()).isEqualTo("Test");

        column("Left").click();
        assertThat(names().get(0)).isEqualTo("HeldMemoryLeakTests.a_prefill_forgets_its_weights()");
    }

    @Test
    void a_link_opens_its_test_with_the_buffers_and_the_message() {
        browser.find("#search").sendKeys("no-such-test");
        browser.run("location.hash = '#test-' + encodeURIComponent(arguments[0])", LEAK);
        browser.until(() -> !browser.texts("tr.details pre").isEmpty());

        assertThat(browser.texts("tr.open .name a")).singleElement().asString().startsWith(LEAK);
        assertThat(browser.texts("tr.details td")).contains("0x400000", "DRAM");
        assertThat(browser.find("tr.details pre").getText())
                .startsWith(LEAK + " left 8 MiB of DRAM on device 3")
                .contains("@MemoryBaseline(device = 3, dram = \"8MiB\")");
        assertThat(page.resolveSibling(String.valueOf(
                        browser.find("tr.details a[href$='dump.txt']").getDomAttribute("href"))))
                .exists();
        assertThat(browser.run("return document.activeElement.getAttribute('aria-expanded')"))
                .isEqualTo("true");
    }

    @Test
    void a_link_from_outside_opens_the_page_at_its_test() {
        browser.open(page, "#test-" + LEAK);

        assertThat(browser.texts("tr.open .name a")).singleElement().asString().startsWith(LEAK);
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, false", "1280, 900, true", "400, 900, false", "400, 900, true"})
    void it_fits_the_width_in_light_and_dark(int width, int height, boolean dark) throws IOException {
        browser.view(width, height, dark);
        browser.open(page, "");
        String name = width + (dark ? "-dark" : "-light");
        assertThat(Files.size(browser.screenshot(SCREENSHOTS.resolve("run-report-" + name + ".png"))))
                .isGreaterThan(10_000);
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        browser.open(page, "#test-" + LEAK);
        browser.screenshot(SCREENSHOTS.resolve("run-report-leak-" + name + ".png"));

        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(dark ? "rgb(20, 23, 26)" : "rgb(245, 246, 248)");
    }

    @Test
    void classes_of_one_name_in_two_packages_share_nothing() throws IOException {
        Path homonyms = HomonymReport.into(Path.of("target", "report-homonyms"));
        String first = "org.example.one.LlamaTests";
        String second = "org.example.two.LlamaTests";
        browser.open(homonyms, "#test-" + second + ".decode()");

        assertThat(names()).containsExactly("LlamaTests.decode()", "LlamaTests.decode()");
        assertThat(browser.texts("tr.open .name small")).containsExactly("org.example.two");
        assertThat(browser.texts("#late-rows td"))
                .containsExactly(first + ".decode()", second + ".decode()", "4 KiB of DRAM on device 0");
        assertThat(browser.texts("#ledger-rows tbody tr td:first-child"))
                .containsExactly(first + ".decode()", second + ".decode()");
        assertThat(browser.texts("#waiver-rows tbody tr td:last-child")).containsExactly(first, second);
        // What the first test left is gone from the bar of the second, and it was no leak.
        assertThat(browser.run("return document.querySelectorAll('figure path.allowed').length"))
                .isEqualTo(1L);
        assertThat(String.valueOf(
                        browser.run("return document.querySelector('figure path.allowed').getAttribute('d')")))
                .containsOnlyOnce("M");
    }

    @Test
    void it_stays_usable_with_10_000_tests_on_64_devices() throws IOException {
        Path large = LargeReport.into(Path.of("target", "report-large"));
        browser.open(large, "");

        LOG.info(
                "a page of {} tests on {} devices: {} KiB, ready {} ms after it was asked for",
                LargeReport.TESTS,
                LargeReport.DEVICES,
                Files.size(large) / 1024,
                browser.run("return Math.round(performance.timing.loadEventEnd - performance.timing.navigationStart)"));
        assertThat(Files.size(large)).isLessThan(10_000_000);
        assertThat(browser.texts("#warnings summary")).containsExactly(LargeReport.UNCHECKED);
        assertThat(names()).hasSize(100);
        assertThat(browser.texts("figure")).hasSize(8);
        assertThat(browser.find("#charts button").getText()).isEqualTo("Show 56 more charts");
        assertThat(browser.find("#more").getText()).isEqualTo("Show 200 more tests of 9,900");

        browser.find("#search").sendKeys("[7777]");
        assertThat(names()).containsExactly("LayerTests.decode(int)[7777]");

        browser.open(large, "#test-LayerTests.decode(int)[5000]");
        assertThat(browser.texts("tr.open .name a")).singleElement().asString().contains("[5000]");
    }
}

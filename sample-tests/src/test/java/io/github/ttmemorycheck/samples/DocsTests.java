package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.internal.diagnosis.Diagnoses;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.ReflectionSupport;

/** The documentation quotes the samples and what they print, links to what exists, and names every setting. */
class DocsTests {

    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Path DIAGNOSIS = DOCS.resolve("diagnosis");
    private static final Pattern TEST = Pattern.compile("`\\w+Tests\\.\\w+`");
    private static final Pattern SETTING = Pattern.compile("tt\\.memory\\.check\\.[a-zA-Z]+(?:\\.[a-z]+)*");

    static List<MarkdownPage> docs() throws IOException {
        return pages(DOCS);
    }

    private static List<MarkdownPage> pages(Path folder) throws IOException {
        List<MarkdownPage> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(MarkdownPage.read(file));
            }
        }
        return pages;
    }

    static List<MarkdownPage> pages() throws IOException {
        List<MarkdownPage> pages = new ArrayList<>(docs());
        pages.addAll(pages(DIAGNOSIS));
        pages.add(MarkdownPage.read(ROOT.resolve("README.md")));
        pages.add(MarkdownPage.read(ROOT.resolve("SECURITY.md")));
        pages.add(MarkdownPage.read(Path.of("README.md")));
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void each_block_of_code_and_output_is_a_quotation(MarkdownPage page) throws IOException {
        List<String> mistakes = new ArrayList<>();
        for (CodeBlock block : page.blocks()) {
            Quotation.mistake(block)
                    .ifPresent(mistake -> mistakes.add(page + ", line " + block.line() + ": " + mistake));
        }
        assertThat(mistakes).isEmpty();
    }

    @Test
    void there_are_enough_quotations_to_mean_anything() throws IOException {
        assertThat(features()).hasSizeGreaterThanOrEqualTo(7);
        assertThat(pages().stream().flatMap(page -> page.blocks().stream()).filter(block -> !block.isExempt()))
                .hasSizeGreaterThanOrEqualTo(38);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_lead_to_files_and_headings_that_exist(MarkdownPage page) throws IOException {
        for (String link : page.links()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]);
            assertThat(target).as("%s links to %s", page, link).exists();
            if (parts.length == 2) {
                assertThat(MarkdownPage.read(target).hasAnchor(parts[1]))
                        .as("%s links to %s", page, link)
                        .isTrue();
            }
        }
    }

    /** Pages of these names have sections of their own. */
    private static final Set<String> OTHER_PAGES = Set.of(
            "README.md",
            "adopting.md",
            "architecture.md",
            "from-the-python-fixture.md",
            "getting-started.md",
            "lifecycle.md",
            "memory-debugging.md",
            "performance.md",
            "reading-a-leak.md",
            "reliability.md",
            "security.md",
            "works-with.md",
            "writing-a-binding.md");

    /**
     * All but the guides, the table of life cycles, which belongs to the page of the check, the guide to its message,
     * the figures, what was tried, and how it is built.
     */
    static List<MarkdownPage> features() throws IOException {
        return docs().stream()
                .filter(page -> !OTHER_PAGES.contains(page.path().getFileName().toString()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("features")
    void a_page_says_how_it_is_used_what_is_printed_how_it_is_configured_and_what_holds_in_parallel(MarkdownPage page) {
        assertThat(page.sections()).containsSubsequence("Usage", "Output", "Configuration", "Parallel tests");
    }

    @Test
    void each_page_says_who_it_is_for() throws IOException {
        List<MarkdownPage> all = new ArrayList<>(docs());
        all.addAll(pages(DIAGNOSIS));
        assertThat(all)
                .allSatisfy(page ->
                        assertThat(page.prose().get(2)).as("%s, line 3", page).matches("\\*For .+\\.\\*"));
    }

    @Test
    void the_index_leads_to_each_page() throws IOException {
        List<String> pages = docs().stream()
                .map(page -> page.path().getFileName().toString())
                .filter(name -> !name.equals("README.md"))
                .toList();
        assertThat(MarkdownPage.read(DOCS.resolve("README.md")).links()).containsAll(pages);
    }

    /** A claim of what was tried is worth its test. */
    @ParameterizedTest
    @CsvSource({"reliability.md, 64", "trackers.md, 15"})
    void what_was_tried_names_tests_that_exist(String page, int least) throws IOException {
        String text = String.join("\n", MarkdownPage.read(DOCS.resolve(page)).prose());
        List<String> tried = Pattern.compile("\\n(?=- |\\| |\\n)")
                .splitAsStream(text)
                .filter(what -> what.startsWith("- ") || (what.startsWith("| ") && what.endsWith("` |")))
                .toList();
        assertThat(tried).hasSizeGreaterThanOrEqualTo(least);
        for (String what : tried) {
            List<String> named =
                    TEST.matcher(what).results().map(found -> found.group()).toList();
            assertThat(named).as(what).isNotEmpty();
            for (String test : named) {
                String[] parts = test.replace("`", "").split("\\.", 2);
                assertThat(source(parts[0])).as(test).contains("void " + parts[1] + "(");
            }
        }
    }

    private static String source(String testClass) throws IOException {
        try (Stream<Path> files =
                Files.walk(ROOT.resolve("extension").resolve("src").resolve("test"))) {
            Path file = files.filter(path -> path.getFileName().toString().equals(testClass + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no class " + testClass));
            return Files.readString(file);
        }
    }

    @Test
    void each_annotation_has_a_page() {
        List<Class<?>> annotations = ReflectionSupport.findAllClassesInPackage(
                TtMemoryCheck.class.getPackageName(),
                type -> type.getPackage().equals(TtMemoryCheck.class.getPackage())
                        && type.isAnnotation()
                        && type.getEnclosingClass() == null
                        && Modifier.isPublic(type.getModifiers()),
                name -> true);
        assertThat(annotations).hasSizeGreaterThanOrEqualTo(3);
        assertThat(annotations)
                .allSatisfy(annotation -> assertThat(DOCS.resolve(
                                annotation
                                                .getSimpleName()
                                                .replaceAll("(?<=.)(?=\\p{Lu})", "-")
                                                .toLowerCase(Locale.ROOT) + ".md"))
                        .exists());
    }

    @Test
    void each_rule_has_a_page_that_quotes_a_sample_and_a_row_in_the_guide() throws IOException {
        List<String> guide = Files.readAllLines(DOCS.resolve("reading-a-leak.md"));
        assertThat(Diagnoses.rules()).hasSizeGreaterThanOrEqualTo(12);
        for (String rule : Diagnoses.rules()) {
            MarkdownPage page = MarkdownPage.read(DIAGNOSIS.resolve(rule + ".md"));
            assertThat(page.blocks()).as(rule).anyMatch(block -> block.text().contains("[" + rule + "]"));
            assertThat(guide).as(rule).anyMatch(line -> line.startsWith("| [" + rule + "](diagnosis/" + rule + ".md)"));
        }
        assertThat(guide.stream().filter(line -> line.contains("](diagnosis/")))
                .as("in the order of their strength")
                .map(line -> line.substring("| [".length(), line.indexOf(']')))
                .isEqualTo(Diagnoses.rules());
    }

    @Test
    void each_setting_has_a_row() throws IOException {
        List<String> page = Files.readAllLines(DOCS.resolve("settings.md"));
        assertThat(settings()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(settings())
                .allSatisfy(setting -> assertThat(page)
                        .as("the row of %s", setting)
                        .anyMatch(line -> line.startsWith("| `" + setting)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_setting_that_is_named_exists(MarkdownPage page) {
        // In what is printed one may be misspelt, to show what is said about it.
        Stream<String> written = Stream.concat(
                page.prose().stream(),
                page.blocks().stream().filter(CodeBlock::isExempt).map(CodeBlock::text));
        List<String> named = written.flatMap(text -> SETTING.matcher(text).results())
                .map(found -> found.group())
                .toList();
        assertThat(named).allMatch(name -> settings().stream().anyMatch(known -> isNamed(known, name)));
    }

    /** Of the baselines of devices, only what comes before the device is a constant. */
    private static boolean isNamed(String known, String name) {
        return name.equals(known) || (name + ".").equals(known);
    }

    /** Returns the values of all constants but the prefix. */
    private static List<String> settings() {
        return Arrays.stream(TtMemoryCheckSettings.class.getFields())
                .map(DocsTests::value)
                .filter(name -> !name.equals(TtMemoryCheckSettings.PREFIX))
                .toList();
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(constant.toString(), impossible);
        }
    }
}

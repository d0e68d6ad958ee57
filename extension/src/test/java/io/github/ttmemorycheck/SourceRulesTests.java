package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRulesTests {

    private static final Path SOURCES = Path.of("src", "main", "java");

    private static final Path KEYS = SOURCES.resolve("io/github/ttmemorycheck/internal/settings");

    /** How many files the rules must see to mean anything; raised as the library grows. */
    private static final int FILES_AT_LEAST = 310;

    private static final int LINES_OF_A_FILE = 400;

    private static final int LINES_OF_THE_MEDIAN_FILE = 120;

    private static final int COLUMNS = 120;

    private static final Predicate<String> COMMENT =
            Pattern.compile("^\\s*(\\*|/\\*|//)").asPredicate();

    private static final Pattern NESTED = Pattern.compile("^\\s.*\\b(?:class|record|enum|interface) ([A-Z]\\w*)");

    private static final int NESTED_AT_LEAST = 120;

    private static final Predicate<String> UNFINISHED =
            Pattern.compile("\\b(TODO|FIXME)\\b").asPredicate();

    private static List<Path> files = List.of();

    @BeforeAll
    static void find_files() throws IOException {
        files = filesIn(SOURCES).stream()
                .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
                .toList();
    }

    private static List<Path> filesIn(Path sources) throws IOException {
        try (Stream<Path> tree = Files.walk(sources)) {
            return tree.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void the_rules_see_the_library() {
        assertThat(files).hasSizeGreaterThanOrEqualTo(FILES_AT_LEAST);
    }

    @Test
    void no_file_is_long() {
        assertThat(files)
                .filteredOn(file -> lines(file).size() > LINES_OF_A_FILE)
                .isEmpty();
    }

    @Test
    void most_files_are_short() {
        List<Integer> sizes =
                files.stream().map(file -> lines(file).size()).sorted().toList();

        assertThat(sizes.get(sizes.size() / 2)).as("median of %s", sizes).isLessThanOrEqualTo(LINES_OF_THE_MEDIAN_FILE);
    }

    @Test
    void nothing_is_marked_as_unfinished() {
        assertThat(files)
                .filteredOn(file -> lines(file).stream().anyMatch(UNFINISHED))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/bench/java", "../sample-tests/src/main/java"})
    void lines_fit_in_a_window(Path sources) throws IOException {
        assertThat(filesIn(sources))
                .isNotEmpty()
                .flatMap(SourceRulesTests::lines)
                .filteredOn(line -> line.length() > COLUMNS)
                .isEmpty();
    }

    @Test
    void the_keys_of_settings_are_spelt_out_in_one_package() {
        List<String> lines = files.stream()
                .filter(file -> !file.startsWith(KEYS) && !file.endsWith("TtMemoryCheckSettings.java"))
                .flatMap(file -> lines(file).stream())
                .filter(COMMENT.negate())
                .filter(line -> line.contains("tt.memory.check"))
                .toList();

        assertThat(lines).isEmpty();
        assertThat(KEYS.resolve("SettingKeys.java")).content().contains("\"tt.memory.check.\"");
    }

    /** What stands in two places is changed in one of them. */
    @ParameterizedTest
    @CsvSource({"'\"/proc', ProcFiles.java", "-invocation:#, Subject.java", "'\"io.github.ttmemorycheck\"', Log.java"})
    void what_one_class_knows_is_spelt_out_there_alone(String text, String knowing) {
        assertThat(files)
                .filteredOn(
                        file -> lines(file).stream().filter(COMMENT.negate()).anyMatch(line -> line.contains(text)))
                .extracting(file -> file.getFileName().toString())
                .containsExactly(knowing);
    }

    /** What is cut out of a cell or a sentence with figures merges two of them into one. */
    @Test
    void only_names_and_commands_are_cut() {
        assertThat(files)
                .filteredOn(file -> lines(file).stream().anyMatch(line -> line.contains("PlainText.cutMiddle(")))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("FirstLine.java", "ProcessNames.java");
    }

    /** Whoever reads a simple name finds one class, whatever it is nested in. */
    @Test
    void no_nested_class_has_the_name_of_one_that_is_not() {
        Set<String> names = files.stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        List<String> nested = files.stream()
                .flatMap(file -> lines(file).stream())
                .filter(COMMENT.negate())
                .flatMap(line -> NESTED.matcher(line).results())
                .map(declared -> declared.group(1))
                .toList();

        assertThat(nested).hasSizeGreaterThanOrEqualTo(NESTED_AT_LEAST);
        assertThat(nested).filteredOn(names::contains).isEmpty();
    }

    @Test
    void no_two_classes_have_one_name() {
        Set<String> names = new HashSet<>();
        Set<String> twice = files.stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !names.add(name))
                .collect(Collectors.toSet());

        assertThat(twice).isEmpty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

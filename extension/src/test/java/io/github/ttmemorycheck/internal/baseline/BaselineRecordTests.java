package io.github.ttmemorycheck.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.BaselineStatement;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Subjects;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run makes of the lines in a file of baselines. */
class BaselineRecordTests {

    private static final String DECODE = "org.example.LlamaTests.decode()";
    private static final Subject TEST = Subjects.test("LlamaTests.decode()");

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void inAFile() {
        file = directory.resolve("baseline.txt");
    }

    private static Finding left(int device, MemoryKind kind, long bytes) {
        return new Finding(device, kind, 0, bytes, bytes, 0, Verdict.LEAKED);
    }

    private RecordedBaseline open(boolean recording, String... lines) throws IOException {
        if (lines.length > 0) {
            Files.writeString(file, String.join("\n", lines));
        }
        return new RecordedBaseline(file, recording);
    }

    private List<String> lines() throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        }
    }

    @Test
    void a_new_file_says_what_it_is_and_its_lines_are_sorted_by_subject_device_and_kind() throws IOException {
        file = directory.resolve("memory/baseline.txt");
        try (RecordedBaseline baseline = open(true)) {
            baseline.measured(Subjects.test("B.b()"), List.of(left(0, MemoryKind.DRAM, 1)));
            baseline.measured(
                    Subjects.test("A.a()"),
                    List.of(
                            left(10, MemoryKind.DRAM, 1025),
                            left(2, MemoryKind.L1_SMALL, 3 << 20),
                            left(2, MemoryKind.L1, 36 << 10),
                            left(2, MemoryKind.TRACE, 0)));
        }

        assertThat(file).hasContent("""
                        # Device memory that tests may leave: size, kind, device, test or class. Recorded by tt-memory-check with
                        # tt.memory.check.baseline.record=true; without it a value only shrinks. Lines are sorted.
                        36KiB l1 2 org.example.A.a()
                        3MiB l1Small 2 org.example.A.a()
                        1025B dram 10 org.example.A.a()
                        1B dram 0 org.example.B.b()
                        """);
    }

    @Test
    void a_line_allows_its_own_test_so_much() throws IOException {
        try (RecordedBaseline baseline = open(
                false,
                "# a comment",
                "",
                "  36KiB  DRAM -1\t" + DECODE + "  ",
                "1KiB l1 3 " + DECODE,
                "1KiB l1 3 org.example.LlamaTests.decode(int, String)")) {
            assertThat(baseline.isKept()).isTrue();
            assertThat(baseline.level(TEST)).hasValueSatisfying(level -> {
                assertThat(level.source()).isEqualTo(file.toString());
                assertThat(level.scope()).isEqualTo(BaselineScope.METHOD);
                assertThat(level.statements())
                        .containsExactly(
                                new BaselineStatement(-1, MemoryKind.DRAM, 36 << 10),
                                new BaselineStatement(3, MemoryKind.L1, 1 << 10));
            });
            assertThat(baseline.level(Subjects.test("LlamaTests.decode(int, String)"))
                            .orElseThrow()
                            .statements())
                    .hasSize(1);
        }
    }

    @Test
    void while_recording_nothing_is_too_much() throws IOException {
        try (RecordedBaseline baseline = open(true, "1KiB l1 3 " + DECODE)) {
            assertThat(baseline.level(TEST).orElseThrow().statements())
                    .hasSize(MemoryKind.values().length)
                    .contains(new BaselineStatement(Baseline.ALL_DEVICES, MemoryKind.TRACE, Long.MAX_VALUE));
        }
    }

    @Test
    void without_a_file_nothing_is_stated_or_written() {
        RecordedBaseline baseline = new RecordedBaseline(null, false);
        baseline.measured(TEST, List.of(left(0, MemoryKind.DRAM, 1)));
        baseline.close();

        assertThat(baseline.isKept()).isFalse();
        assertThat(baseline.level(TEST)).isEmpty();
    }

    @Test
    void a_value_shrinks_to_the_most_that_was_left_and_goes_with_the_last_byte() throws IOException {
        try (RecordedBaseline baseline = open(
                false,
                "9B dram 0 " + DECODE,
                "9B dram 1 " + DECODE,
                "9B dram 2 " + DECODE,
                "9B dram 0 org.example.X")) {
            baseline.measured(
                    TEST,
                    List.of(left(0, MemoryKind.DRAM, 5), left(1, MemoryKind.DRAM, 99), left(7, MemoryKind.L1, 1)));
            baseline.measured(TEST, List.of(left(0, MemoryKind.DRAM, 4)));
        }

        assertThat(lines()).containsExactly("5B dram 0 " + DECODE, "9B dram 1 " + DECODE, "9B dram 0 org.example.X");
    }

    @Test
    void recording_replaces_the_values_of_what_ran_and_of_nothing_else() throws IOException {
        try (RecordedBaseline baseline =
                open(true, "9B dram 0 " + DECODE, "9B l1 0 " + DECODE, "9B dram 0 org.example.X")) {
            baseline.measured(TEST, List.of(left(0, MemoryKind.DRAM, 5)));
            baseline.measured(Subjects.of("LlamaTests.decode()", Subject.Scope.FACTORY), List.of());
        }

        assertThat(lines()).containsExactly("5B dram 0 " + DECODE, "9B dram 0 org.example.X");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_value_shrinks_of_what_ran_in_part(boolean recording) throws IOException {
        try (RecordedBaseline baseline = open(recording, "9B dram 0 " + DECODE, "9B l1 0 " + DECODE)) {
            baseline.measured(TEST, List.of(left(0, MemoryKind.DRAM, 5)));
            baseline.ranInPart(TEST);
        }

        assertThat(lines()).containsExactly("9B dram 0 " + DECODE, "9B l1 0 " + DECODE);
    }

    @Test
    void of_a_class_in_which_nothing_was_seen_no_value_changes() throws IOException {
        Subject type = Subjects.wholeClass("LlamaTests");
        Subject inside = new Subject(
                Subject.Scope.TEST,
                type.uniqueId() + "/[method:decode()]",
                "org.example.LlamaTests",
                "decode()",
                "",
                "");
        Subject beside = new Subject(
                Subject.Scope.TEST, type.uniqueId() + "2/[method:x()]", "org.example.LlamaTests2", "x()", "", "");
        try (RecordedBaseline baseline = open(
                false,
                "9B dram 0 org.example.LlamaTests",
                "9B dram 0 " + DECODE,
                "9B dram 0 org.example.LlamaTests2.x()")) {
            baseline.measured(type, List.of());
            baseline.measured(inside, List.of());
            baseline.measured(beside, List.of());
            baseline.notChecked(type);
        }

        assertThat(lines()).containsExactly("9B dram 0 org.example.LlamaTests", "9B dram 0 " + DECODE);
    }

    @Test
    void a_file_that_would_not_change_is_not_written() throws IOException {
        try (RecordedBaseline baseline = open(true)) {
            baseline.measured(TEST, List.of(left(0, MemoryKind.DRAM, 5)));
        }
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file, longAgo);
        try (RecordedBaseline baseline = open(false)) {
            baseline.measured(TEST, List.of(left(0, MemoryKind.DRAM, 5)));
        }

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
        assertThat(lines()).containsExactly("5B dram 0 " + DECODE);
    }

    @Test
    void a_file_that_becomes_shorter_has_nothing_behind_its_end() throws IOException {
        try (RecordedBaseline baseline = open(true, "9B dram 0 " + DECODE, "9B dram 1 " + DECODE.repeat(20))) {
            baseline.measured(TEST, List.of());
        }

        assertThat(lines()).containsExactly("9B dram 1 " + DECODE.repeat(20));
    }

    @Test
    void nothing_is_written_where_nothing_ran_or_nothing_could_shrink() throws IOException {
        open(true).close();
        try (RecordedBaseline baseline = open(false)) {
            baseline.measured(TEST, List.of(left(0, MemoryKind.DRAM, 5)));
        }

        assertThat(file).doesNotExist();
    }

    @Test
    void a_malformed_line_is_named_with_the_way_out() {
        assertThatExceptionOfType(BaselineFileException.class)
                .isThrownBy(() -> open(false, "# fine", "", "36KiB dram one " + DECODE))
                .withMessage(file + ", line 3: '36KiB dram one " + DECODE + "' is not a recorded baseline; a line is"
                        + " '36KiB dram 0 com.example.LlamaTests.decode()'. Correct it, or delete the file and record"
                        + " it anew with tt.memory.check.baseline.record=true");
    }

    @Test
    void a_file_that_cannot_be_read_or_written_is_named() throws IOException {
        Files.createDirectory(file);
        BaselineFile unusable = new BaselineFile(file);

        assertThatExceptionOfType(BaselineFileException.class)
                .isThrownBy(unusable::read)
                .withMessageStartingWith(
                        "the baseline file " + file + " (tt.memory.check.baseline.file) cannot be read: ");
        assertThatExceptionOfType(BaselineFileException.class)
                .isThrownBy(() -> unusable.update(values -> values))
                .withMessageStartingWith(
                        "the baseline file " + file + " (tt.memory.check.baseline.file) cannot be written: ");
    }
}

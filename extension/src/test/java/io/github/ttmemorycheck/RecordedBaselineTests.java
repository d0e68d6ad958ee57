package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The baseline that is kept in a file. */
@Timeout(60)
class RecordedBaselineTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static long left;

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void inAFile() {
        file = directory.resolve("memory/baseline.txt");
    }

    @TtMemoryCheck
    static class Leaking {

        @Test
        void leaks() {
            client().allocate(1, DRAM, 0x1000, left);
            client().allocate(0, L1, 0x2000, 12 * KIB);
        }

        @RepeatedTest(2)
        void leaks_repeatedly() {
            client().allocate(0, DRAM, 0x10_0000 + System.nanoTime(), KIB);
        }
    }

    private FixtureRun run(long bytes, boolean record) {
        left = bytes;
        return SERVER.run(
                Leaking.class,
                TtMemoryCheckSettings.BASELINE_FILE,
                file.toString(),
                TtMemoryCheckSettings.BASELINE_RECORD,
                Boolean.toString(record));
    }

    @Test
    void what_is_left_is_recorded_sorted_and_allowed_from_then_on() throws IOException {
        assertThat(run(36 * KIB, true).failed()).isEmpty();

        String name = "io.github.ttmemorycheck.RecordedBaselineTests.Leaking.";
        assertThat(Files.readString(file).lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "12KiB l1 0 " + name + "leaks()",
                        "36KiB dram 1 " + name + "leaks()",
                        "1KiB dram 0 " + name + "leaks_repeatedly()");
        assertThat(run(36 * KIB, false).failed()).isEmpty();
    }

    @Test
    void a_recorded_value_shrinks_on_its_own_and_grows_only_with_the_flag() throws IOException {
        run(36 * KIB, true);

        assertThat(run(4 * KIB, false).failed()).isEmpty();
        assertThat(file).content().contains("4KiB dram 1 ");

        assertThat(run(36 * KIB, false).failed()).containsExactly("leaks()");
        assertThat(file).content().contains("4KiB dram 1 ");

        assertThat(run(36 * KIB, true).failed()).isEmpty();
        assertThat(file).content().contains("36KiB dram 1 ");
    }

    @Test
    void no_file_is_made_without_the_flag() {
        assertThat(run(36 * KIB, false).failed()).contains("leaks()");

        assertThat(file).doesNotExist();
        assertThat(file.getParent()).doesNotExist();
    }

    @TtMemoryCheck
    static class Blind {

        @Test
        void uses_no_device() {}
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_class_in_which_nothing_was_seen_changes_no_value(boolean record) throws IOException {
        String recorded = "36KiB dram 1 io.github.ttmemorycheck.RecordedBaselineTests.Blind.uses_no_device()\n";
        Files.createDirectories(file.getParent());
        Files.writeString(file, recorded);

        SERVER.run(
                Blind.class,
                TtMemoryCheckSettings.BASELINE_FILE,
                file.toString(),
                TtMemoryCheckSettings.BASELINE_RECORD,
                Boolean.toString(record));

        assertThat(file).content().endsWith(recorded);
    }

    @Test
    void a_line_that_is_not_a_baseline_is_refused_with_its_number() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# fine\n36KiB dram one some.Test.name()\n");

        assertThat(run(KIB, false)
                        .of("RecordedBaselineTests$Leaking")
                        .throwable()
                        .orElseThrow())
                .hasMessageStartingWith(
                        file + ", line 2: '36KiB dram one some.Test.name()' is not a recorded baseline");
    }

    @Test
    void recording_without_a_file_is_refused() {
        assertThat(SERVER.run(Leaking.class, TtMemoryCheckSettings.BASELINE_RECORD, "true")
                        .of("RecordedBaselineTests$Leaking")
                        .throwable()
                        .orElseThrow())
                .hasMessage("the setting tt.memory.check.baseline.record = 'true' needs a file to record to: set\n"
                        + "  tt.memory.check.baseline.file");
    }

    private FixtureRun run(List<Class<?>> types, boolean record) {
        return SERVER.run(
                types,
                TtMemoryCheckSettings.BASELINE_FILE,
                file.toString(),
                TtMemoryCheckSettings.BASELINE_RECORD,
                Boolean.toString(record));
    }

    @Test
    void classes_of_one_name_in_two_packages_have_a_value_each() throws IOException {
        Class<?> one =
                io.github.ttmemorycheck.homonym.one.Llama.Fixture.doing(() -> client().allocate(0, DRAM, 0x1000, left));
        Class<?> two = io.github.ttmemorycheck.homonym.two.Llama.Fixture.doing(
                () -> client().allocate(0, DRAM, 0x2000, 8 * KIB));
        left = 4 * KIB;
        assertThat(run(List.of(one, two), true).failed()).isEmpty();
        assertThat(Files.readString(file).lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "4KiB dram 0 io.github.ttmemorycheck.homonym.one.Llama.Fixture.decodes()",
                        "8KiB dram 0 io.github.ttmemorycheck.homonym.two.Llama.Fixture.decodes()");

        left = 8 * KIB;
        assertThat(run(List.of(one), false).failed()).containsExactly("decodes()");
        assertThat(run(List.of(two), false).failed()).isEmpty();
    }

    @TtMemoryCheck
    static class Overloaded {

        @ParameterizedTest
        @NullSource
        void steps(io.github.ttmemorycheck.homonym.one.Llama model) {
            client().allocate(0, DRAM, 0x1000, left);
        }

        @ParameterizedTest
        @NullSource
        void steps(io.github.ttmemorycheck.homonym.two.Llama model) {
            client().allocate(0, DRAM, 0x2000, 8 * KIB);
        }

        @ParameterizedTest
        @NullSource
        void steps(String model) {}
    }

    @Test
    void overloads_that_differ_only_in_the_packages_of_their_parameters_have_a_value_each() throws IOException {
        left = 4 * KIB;
        assertThat(run(List.of(Overloaded.class), true).failed()).isEmpty();
        String name = "io.github.ttmemorycheck.RecordedBaselineTests.Overloaded.steps(io.github.ttmemorycheck.homonym.";
        assertThat(Files.readString(file).lines().filter(line -> !line.startsWith("#")))
                .containsExactly("4KiB dram 0 " + name + "one.Llama)", "8KiB dram 0 " + name + "two.Llama)");

        left = 8 * KIB;
        assertThat(run(List.of(Overloaded.class), false).charges())
                .containsExactly("RecordedBaselineTests.Overloaded.steps(io.github.ttmemorycheck.homonym.one.Llama)[1]"
                        + " left 8 KiB of DRAM on device 0");
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}

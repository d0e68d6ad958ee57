package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.runreport.ReportSchema;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Growth of repetitions that compile programs, in caches that are cleared after each and in caches that are kept. */
@Timeout(60)
class RepeatedProgramsTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    /** What the report of the last run notes on repetitions. */
    private static List<String> notes() throws IOException {
        return ReportSchema.read(SERVER.directory().resolve("report").resolve("report.json"))
                .get("runs")
                .valueStream()
                .reduce((one, later) -> later)
                .orElseThrow()
                .get("checks")
                .valueStream()
                .filter(check -> "repetitions".equals(check.get("scope").asString()))
                .flatMap(check -> check.get("notes").valueStream())
                .map(JsonNode::asString)
                .toList();
    }

    @TtMemoryCheck
    static class DistinctShapesCleared {
        final FixtureDevice mesh = new FixtureDevice();

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4})
        void compiles(int programs) {
            for (int i = 0; i < programs; i++) {
                mesh.run(12);
            }
        }
    }

    @Test
    void programs_of_caches_that_are_cleared_each_time_are_no_growth() throws IOException {
        assertThat(SERVER.run(DistinctShapesCleared.class).failed()).isEmpty();

        assertThat(notes()).containsExactly("4 repetitions");
    }

    @TtMemoryCheck
    static class CallsMoreEachTime {
        static int calls;
        final FixtureDevice mesh = new FixtureDevice();

        @RepeatedTest(4)
        void step() {
            calls++;
            for (int i = 0; i < calls; i++) {
                mesh.run(12);
            }
        }
    }

    @Test
    void more_programs_at_each_call_of_the_same_are_noted_and_fail_nothing() throws IOException {
        CallsMoreEachTime.calls = 0;

        assertThat(SERVER.run(CallsMoreEachTime.class).failed()).isEmpty();

        assertThat(notes())
                .containsExactly(
                        "4 repetitions",
                        "the program caches held more programs after each repetition, 1 at first and 4 at last,"
                                + " although they were cleared after each; a repetition that calls the same compiles as"
                                + " many");
    }

    @TtMemoryCheck
    static class MissesEachTime {
        final FixtureDevice mesh = new FixtureDevice();

        @RepeatedTest(4)
        void step() {
            mesh.run(12);
            mesh.run(12);
        }
    }

    /** Each begins with an empty cache, so that this is what a sound test shows as well. */
    @Test
    void as_many_programs_each_time_in_caches_that_are_cleared_are_said_in_the_report() throws IOException {
        assertThat(SERVER.run(MissesEachTime.class).failed()).isEmpty();

        assertThat(notes())
                .containsExactly(
                        "4 repetitions",
                        "the program caches held 2 programs after each, compiled again since they were cleared; whether"
                                + " equal calls find their programs shows where they stay warm (AFTER_ALL)");
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    static class DistinctShapes {

        static final FixtureDevice MESH = new FixtureDevice();

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4})
        void compiles_another(int shape) {
            MESH.run(shape);
        }

        @AfterAll
        static void close() {
            MESH.close();
        }
    }

    @Test
    void repetitions_that_each_compile_another_program_do_not_grow() {
        assertThat(SERVER.run(DistinctShapes.class).failed()).isEmpty();
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    @MemoryBaseline(dram = "3KiB")
    static class LeaksBesides {

        static final FixtureDevice MESH = new FixtureDevice();

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4})
        void compiles_another_and_forgets_a_tensor(int shape) {
            MESH.run(shape);
            FixtureTensor.forget(1);
        }

        @AfterAll
        static void close() {
            MESH.close();
        }
    }

    @Test
    void what_they_leak_besides_is_charged_to_the_class() {
        FixtureRun run = SERVER.run(LeaksBesides.class);

        assertThat(run.failed()).containsExactly("RepeatedProgramsTests$LeaksBesides");
        assertThat(run.of("RepeatedProgramsTests$LeaksBesides").words())
                .startsWith("RepeatedProgramsTests.LeaksBesides as a whole left 4 KiB of DRAM on device 0");
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    @MemoryBaseline(dram = "1MiB")
    static class GrowsBesides {

        static final FixtureDevice MESH = new FixtureDevice();

        @ParameterizedTest
        @ValueSource(ints = {36, 36, 36, 12, 36})
        void finds_its_program_and_forgets_a_tensor(int shape) {
            if (MESH.numProgramCacheEntries() == 0 || shape != 36) {
                MESH.run(shape);
            }
            FixtureTensor.forget(1);
        }

        @AfterAll
        static void close() {
            MESH.close();
        }
    }

    @Test
    void growth_is_found_in_the_repetitions_that_compile_nothing() {
        FixtureRun run = SERVER.run(GrowsBesides.class);

        assertThat(run.failed()).containsExactly("finds_its_program_and_forgets_a_tensor(int)");
        assertThat(run.of("finds_its_program_and_forgets_a_tensor(int)").words())
                .contains("grew by 1 KiB of DRAM on device 0 at every repetition")
                .contains("37, 38, 39, -, 53 KiB +1 +1 +1 KiB")
                .contains("repetitions whose caches gained programs and keep them are left out, since what they added"
                        + " may be of these programs: 4")
                .contains("3 buffers, 3 KiB");
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    static class CompilesAgain {

        static final FixtureDevice MESH = new FixtureDevice();

        @RepeatedTest(4)
        void step() {
            MESH.run(36);
        }

        @RepeatedTest(4)
        void step_of_another_shape(RepetitionInfo repetition) {
            MESH.run(repetition.getCurrentRepetition());
        }

        @AfterAll
        static void close() {
            MESH.close();
        }
    }

    @Test
    void equal_calls_that_never_find_their_programs_are_growth_of_the_programs() {
        FixtureRun run = SERVER.run(CompilesAgain.class);

        assertThat(run.failed()).containsExactly("step()");
        assertThat(run.of("step()").words())
                .startsWith(
                        "RepeatedProgramsTests.CompilesAgain.step() grew by 1 program in its caches at every repetition")
                .contains("[new-programs]");
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    static class UnderATrace {

        static final FixtureDevice MESH = new FixtureDevice() {
            @Override
            public OptionalLong traceBuffersSize() {
                return OptionalLong.of(isOpen() ? 4 * KIB : 0);
            }
        };

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4})
        void compiles_another(int shape) {
            MESH.run(shape);
        }

        @RepeatedTest(3)
        void compiles_again() {
            MESH.run(36);
        }

        @AfterAll
        static void close() {
            MESH.close();
        }
    }

    @Test
    void caches_that_a_trace_keeps_grow_by_equal_calls_alone() {
        FixtureRun run = SERVER.run(UnderATrace.class);

        assertThat(run.failed()).containsExactly("compiles_again()");
        assertThat(run.of("compiles_again()").words())
                .contains("grew by 36 KiB of DRAM on device 0 and 1 program in its caches at every repetition");
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    @MemoryBaseline(dram = "1MiB")
    static class KnownLeakPutOff {

        static final FixtureDevice MESH = new FixtureDevice();

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @KnownLeak(reason = "compiling keeps a scratch tensor")
        void compiles_at_first(int repetition) {
            if (repetition == 1) {
                MESH.run(36);
                FixtureTensor.forget(1);
            }
        }

        @AfterAll
        static void close() {
            MESH.close();
        }
    }

    @Test
    void a_known_leak_that_is_put_off_is_not_gone() {
        assertThat(SERVER.run(KnownLeakPutOff.class).failed()).isEmpty();
    }
}

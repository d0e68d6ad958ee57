package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Checked tests that run at the same time, as only those can that register the check in code and take no lock. */
@Timeout(120)
@ResourceLock(Resources.SYSTEM_ERR)
class OverlapTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static CyclicBarrier meeting = new CyclicBarrier(2);

    private static void meet() {
        try {
            meeting.await(30, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new AssertionError("nobody ran beside this test", alone);
        }
    }

    static class Prefill {

        @RegisterExtension
        static final TtMemoryCheckExtension MEMORY =
                TtMemoryCheckExtension.builder().build();

        @Test
        void leaks() {
            meet();
            FixtureTensor.forget(1);
            meet();
        }
    }

    static class Decode {

        @RegisterExtension
        static final TtMemoryCheckExtension MEMORY =
                TtMemoryCheckExtension.builder().build();

        @Test
        void allocates() {
            meet();
            FixtureTensor tensor = FixtureTensor.of(2);
            meet();
            tensor.close();
        }
    }

    private record Outcome(FixtureRun run, String logged) {

        long warnings() {
            return logged.lines()
                    .filter(line -> line.contains("at the same time"))
                    .count();
        }
    }

    private static Outcome runInParallel(Class<?>... fixtures) throws IOException {
        meeting = new CyclicBarrier(2);
        List<FixtureRun> runs = new ArrayList<>();
        String logged = Printed.during(() -> runs.add(SERVER.run(
                List.of(fixtures),
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "4")));
        return new Outcome(runs.get(0), logged);
    }

    @Test
    void are_warned_of_once_with_both_names_and_the_lock_that_keeps_them_apart() throws IOException {
        Outcome outcome = runInParallel(Prefill.class, Decode.class);

        assertThat(outcome.warnings()).isEqualTo(1);
        assertThat(outcome.logged())
                .contains("OverlapTests.Prefill.leaks()", "OverlapTests.Decode.allocates()")
                .contains("@ResourceLock(TtMemoryCheck.DEVICE_MEMORY)");
    }

    @Test
    void are_not_said_to_have_left_what_the_other_may_have() throws IOException {
        DeviceMemoryLeakError leak =
                runInParallel(Prefill.class, Decode.class).run().of("leaks()").leak();

        assertThat(leak.getMessage()).startsWith("OverlapTests.Prefill.leaks(), or what ran beside it, left ");
        assertThat(String.valueOf(leak.getMessage()).replaceAll("\\s+", " "))
                .contains("note: OverlapTests.Decode.allocates() was checked at the same time, and what it allocated"
                        + " cannot be told from what this test did");
        assertThat(leak.report().measurement().beside()).containsExactly("OverlapTests.Decode.allocates()");
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneAfterTheOther {

        @RegisterExtension
        static final TtMemoryCheckExtension MEMORY =
                TtMemoryCheckExtension.builder().build();

        @RepeatedTest(2)
        @ResourceLock(TtMemoryCheck.DEVICE_MEMORY)
        void leaks() {
            FixtureTensor.forget(1);
        }
    }

    @ResourceLock(TtMemoryCheck.DEVICE_MEMORY)
    static class Locked {

        @RegisterExtension
        static final TtMemoryCheckExtension MEMORY =
                TtMemoryCheckExtension.builder().build();

        @Test
        void leaks_alone() {
            FixtureTensor.forget(1);
        }

        @Test
        void leaks_too() {
            FixtureTensor.forget(1);
        }
    }

    @Test
    void is_not_said_of_tests_with_the_lock_nor_of_a_test_and_its_template() throws IOException {
        Outcome outcome = runInParallel(OneAfterTheOther.class, Locked.class);

        assertThat(outcome.warnings()).isZero();
        assertThat(outcome.run().failed()).hasSize(4);
        assertThat(outcome.run().of("leaks_alone()").leak().getMessage()).doesNotContain("beside", "at the same time");
    }
}

package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that do not simply pass: each keeps its own outcome, and what it left is charged to no later test. */
@Timeout(60)
class OutcomeLifeCycleTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    abstract static class Outcomes {

        @BeforeEach
        void before(TestInfo test) {
            if (test.getDisplayName().startsWith("a_")) {
                FixtureTensor.forget(1);
                throw new IllegalStateException("before");
            }
            if (test.getDisplayName().startsWith("b_")) {
                FixtureTensor.forget(2);
                Assumptions.abort("not here");
            }
        }

        @Test
        void a_fails_before_it_begins() {}

        @Test
        void b_is_aborted_before_it_begins() {}

        @Test
        void c_fails() {
            FixtureTensor.forget(4);
            throw new IllegalStateException("test");
        }

        @Test
        void d_is_aborted() {
            FixtureTensor.forget(8);
            Assumptions.abort("not here");
        }

        @Test
        @Disabled("not now")
        void e_is_disabled() {
            FixtureTensor.forget(16);
        }

        @Test
        @ExtendWith(Never.class)
        void f_is_disabled_by_a_condition() {
            FixtureTensor.forget(32);
        }

        @Test
        void g_fails_after_its_end() {
            FixtureTensor.forget(64);
        }

        @Test
        void h_leaks() {
            FixtureTensor.forget(128);
        }

        @Test
        void i_is_clean() {}

        @AfterEach
        void after(TestInfo test) {
            if (test.getDisplayName().startsWith("g_")) {
                FixtureTensor.forget(256);
                throw new IllegalStateException("after");
            }
        }
    }

    static class Never implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return ConditionEvaluationResult.disabled("never");
        }
    }

    @TtMemoryCheck
    static class WithAnInstanceEach extends Outcomes {}

    @TtMemoryCheck
    @TestInstance(Lifecycle.PER_CLASS)
    static class WithOneInstance extends Outcomes {}

    @ParameterizedTest
    @ValueSource(classes = {WithAnInstanceEach.class, WithOneInstance.class})
    void every_outcome_stays_and_the_residue_of_a_failed_test_is_a_note(Class<?> fixture) {
        FixtureRun run = SERVER.run(fixture);

        String name = "OutcomeLifeCycleTests." + fixture.getSimpleName();
        assertThat(run.failed())
                .containsExactly("a_fails_before_it_begins()", "c_fails()", "g_fails_after_its_end()", "h_leaks()");
        assertThat(run.of("a_fails_before_it_begins()").throwable().orElseThrow())
                .hasMessage("before");
        assertThat(run.of("c_fails()").throwable().orElseThrow()).hasMessage("test");
        assertThat(run.of("g_fails_after_its_end()").throwable().orElseThrow()).hasMessage("after");
        assertThat(run.charges())
                .containsExactly(
                        "noted: " + name + ".a_fails_before_it_begins() left 1 KiB of DRAM on device 0",
                        "noted: " + name + ".c_fails() left 4 KiB of DRAM on device 0",
                        "noted: " + name + ".g_fails_after_its_end() left 320 KiB of DRAM on device 0",
                        name + ".h_leaks() left 128 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class FailingConstructor {

        FailingConstructor(TestInfo test) {
            if (test.getDisplayName().startsWith("a_")) {
                FixtureTensor.forget(1);
                throw new IllegalStateException("no instance");
            }
        }

        @Test
        void a_is_never_made() {}

        @Test
        void b_leaks() {
            FixtureTensor.forget(2);
        }
    }

    @Test
    void a_test_whose_instance_cannot_be_made_keeps_its_failure_and_what_it_left_is_a_note() {
        FixtureRun run = SERVER.run(FailingConstructor.class);

        assertThat(run.failed()).containsExactly("a_is_never_made()", "b_leaks()");
        assertThat(run.charges())
                .containsExactly(
                        "noted: OutcomeLifeCycleTests.FailingConstructor.a_is_never_made() left 1 KiB of DRAM on device 0",
                        "OutcomeLifeCycleTests.FailingConstructor.b_leaks() left 2 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class DisabledWithAnInstance {

        final FixtureTensor field = FixtureTensor.of(1);

        @Test
        @Disabled("not now")
        void a_is_disabled() {}

        @Test
        void b_leaks() {}
    }

    @Test
    void what_the_instance_of_a_disabled_test_holds_is_charged_to_the_class() {
        assertThat(SERVER.run(DisabledWithAnInstance.class).charges())
                .containsExactly(
                        "OutcomeLifeCycleTests.DisabledWithAnInstance.b_leaks() left 1 KiB of DRAM on device 0",
                        "OutcomeLifeCycleTests.DisabledWithAnInstance as a whole left 1 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class InAThreadOfTheirOwn {

        private static final long MAIN = Thread.currentThread().getId();

        @Test
        @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
        void a_leaks() {
            assertThat(Thread.currentThread().getId()).isNotEqualTo(MAIN);
            FixtureTensor.forget(1);
        }

        @Test
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void b_takes_too_long() throws InterruptedException {
            FixtureTensor.forget(2);
            new CountDownLatch(1).await(30, TimeUnit.SECONDS);
        }

        @Test
        void c_leaks() {
            FixtureTensor.forget(4);
        }
    }

    @Test
    void a_test_with_a_timeout_in_a_thread_of_its_own_is_judged_like_any_other() {
        FixtureRun run = SERVER.run(InAThreadOfTheirOwn.class);

        assertThat(run.of("b_takes_too_long()").throwable().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThat(run.charges())
                .containsExactly(
                        "OutcomeLifeCycleTests.InAThreadOfTheirOwn.a_leaks() left 1 KiB of DRAM on device 0",
                        "noted: OutcomeLifeCycleTests.InAThreadOfTheirOwn.b_takes_too_long() left 2 KiB of DRAM on device 0",
                        "OutcomeLifeCycleTests.InAThreadOfTheirOwn.c_leaks() left 4 KiB of DRAM on device 0");
    }
}

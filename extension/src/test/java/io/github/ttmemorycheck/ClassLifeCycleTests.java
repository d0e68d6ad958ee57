package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a class is charged with beside its tests, and what happens when it cannot even start. */
@Timeout(60)
class ClassLifeCycleTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    static class Residue {

        @AutoClose
        static final FixtureTensor CLOSED_BY_JUNIT = FixtureTensor.later();

        private static final FixtureTensor CLOSED = FixtureTensor.later();

        @BeforeAll
        static void open() {
            CLOSED_BY_JUNIT.allocate(1);
            CLOSED.allocate(2);
            FixtureTensor.forget(4);
        }

        @Test
        void a_is_clean() {}

        @Test
        void b_leaks() {
            FixtureTensor.forget(8);
        }

        @AfterAll
        static void close() {
            CLOSED.close();
            FixtureTensor.forget(16);
        }
    }

    @Test
    void what_before_all_and_after_all_leave_is_charged_to_the_class_once() {
        FixtureRun run = SERVER.run(Residue.class);

        assertThat(run.failed()).containsExactly("b_leaks()", "ClassLifeCycleTests$Residue");
        assertThat(run.charges())
                .containsExactly(
                        "ClassLifeCycleTests.Residue.b_leaks() left 8 KiB of DRAM on device 0",
                        "ClassLifeCycleTests.Residue as a whole left 20 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class TwoInnerClasses {

        @Nested
        class Failing {

            @BeforeAll
            static void open() {
                FixtureTensor.forget(1);
                throw new IllegalStateException("no device");
            }

            @Test
            void never_runs() {
                FixtureTensor.forget(2);
            }
        }

        @Nested
        class Sound {

            @Test
            void leaks() {
                FixtureTensor.forget(4);
            }
        }
    }

    @Test
    void a_class_whose_before_all_fails_keeps_its_failure_and_what_it_left_is_a_note() {
        FixtureRun run = SERVER.run(TwoInnerClasses.class);

        assertThat(run.failed()).containsExactlyInAnyOrder("Failing", "leaks()");
        assertThat(run.of("Failing").throwable().orElseThrow()).hasMessage("no device");
        assertThat(run.charges())
                .containsExactlyInAnyOrder(
                        "noted: ClassLifeCycleTests.TwoInnerClasses.Failing as a whole left 1 KiB of DRAM on device 0",
                        "ClassLifeCycleTests.TwoInnerClasses.Sound.leaks() left 4 KiB of DRAM on device 0");
    }

    static class FailingExtension implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            FixtureTensor.forget(1);
            throw new IllegalStateException("no driver");
        }
    }

    @ExtendWith(FailingExtension.class)
    @TtMemoryCheck
    static class BehindAFailingExtension {

        @Test
        void never_runs() {}
    }

    @Test
    void a_class_that_an_earlier_extension_fails_is_judged_too() {
        FixtureRun run = SERVER.run(BehindAFailingExtension.class);

        assertThat(run.of("ClassLifeCycleTests$BehindAFailingExtension")
                        .throwable()
                        .orElseThrow())
                .hasMessage("no driver");
        assertThat(run.charges())
                .containsExactly(
                        "noted: ClassLifeCycleTests.BehindAFailingExtension as a whole left 1 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    @TestInstance(Lifecycle.PER_CLASS)
    static class FailingConstructor {

        FailingConstructor() {
            FixtureTensor.forget(1);
            throw new IllegalStateException("no instance");
        }

        @Test
        void never_runs() {}
    }

    @Test
    void a_class_whose_only_instance_cannot_be_made_is_judged_too() {
        FixtureRun run = SERVER.run(FailingConstructor.class);

        assertThat(run.failed()).containsExactly("ClassLifeCycleTests$FailingConstructor");
        assertThat(run.charges())
                .containsExactly(
                        "noted: ClassLifeCycleTests.FailingConstructor as a whole left 1 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class FailingAfterAll {

        @Test
        void leaks() {
            FixtureTensor.forget(1);
        }

        @AfterAll
        static void close() {
            FixtureTensor.forget(2);
            throw new IllegalStateException("not closed");
        }
    }

    @Test
    void a_class_whose_after_all_fails_keeps_its_failure_and_what_it_left_is_a_note() {
        assertThat(SERVER.run(FailingAfterAll.class).charges())
                .containsExactly(
                        "ClassLifeCycleTests.FailingAfterAll.leaks() left 1 KiB of DRAM on device 0",
                        "noted: ClassLifeCycleTests.FailingAfterAll as a whole left 2 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class AbortedOrDisabled {

        @Nested
        class Aborted {

            @BeforeAll
            static void open() {
                FixtureTensor.forget(1);
                Assumptions.abort("not here");
            }

            @Test
            void never_runs() {}
        }

        @Nested
        @Disabled("not now")
        class SwitchedOff {

            @BeforeAll
            static void open() {
                FixtureTensor.forget(2);
            }

            @Test
            void never_runs() {}
        }

        @Nested
        @ExtendWith(AllocatesAndDisables.class)
        class SwitchedOffLate {

            @Test
            void never_runs() {}
        }

        @Nested
        class Sound {

            @Test
            void leaks() {
                FixtureTensor.forget(4);
            }
        }
    }

    /** Is asked after the check, which has marked the class by then. */
    static class AllocatesAndDisables implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            FixtureTensor.forget(8);
            return ConditionEvaluationResult.disabled("not today");
        }
    }

    @Test
    void an_aborted_or_disabled_class_throws_nothing() {
        FixtureRun run = SERVER.run(AbortedOrDisabled.class);

        assertThat(run.failed()).containsExactly("leaks()", "ClassLifeCycleTests$AbortedOrDisabled");
        assertThat(run.charges())
                .containsExactly(
                        "ClassLifeCycleTests.AbortedOrDisabled.Sound.leaks() left 4 KiB of DRAM on device 0",
                        "ClassLifeCycleTests.AbortedOrDisabled as a whole left 8 KiB of DRAM on device 0");
    }
}

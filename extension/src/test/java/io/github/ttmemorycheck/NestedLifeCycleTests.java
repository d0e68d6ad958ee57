package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nested classes: what they inherit, and that each is judged for its own. */
@Timeout(60)
class NestedLifeCycleTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck(devices = 1)
    @MemoryBaseline(dram = "4KiB")
    static class Outer {

        @Nested
        class Inner {

            @Nested
            class Innermost {

                @Test
                void a_uses_a_device_that_is_not_judged() {
                    FixtureTensor.forget(0, DRAM, 32);
                }

                @Test
                void b_leaks_beyond_the_baseline() {
                    FixtureTensor.forget(1, DRAM, 8);
                }

                @Test
                void c_stays_within_the_baseline() {
                    FixtureTensor.forget(1, DRAM, 4);
                }
            }
        }

        @Nested
        @TtMemoryCheck(devices = 0)
        @MemoryBaseline(l1 = "1KiB")
        class StatesOtherwise {

            @Test
            void a_uses_a_device_that_is_not_judged() {
                FixtureTensor.forget(1, DRAM, 32);
            }

            @Test
            void b_leaks_beyond_the_baseline_of_the_outer_class() {
                FixtureTensor.forget(0, DRAM, 16);
            }

            @Test
            @MemoryBaseline(l1 = "2KiB")
            void c_states_its_own() {
                FixtureTensor.forget(0, L1, 2);
            }
        }
    }

    @Test
    void attributes_and_baselines_of_enclosing_classes_are_in_force_unless_the_inner_class_states_otherwise() {
        FixtureRun run = SERVER.run(Outer.class);

        assertThat(run.charges())
                .containsExactlyInAnyOrder(
                        "NestedLifeCycleTests.Outer.Inner.Innermost.b_leaks_beyond_the_baseline() left 8 KiB of DRAM on device 1",
                        "NestedLifeCycleTests.Outer.StatesOtherwise.b_leaks_beyond_the_baseline_of_the_outer_class() left 16 KiB of DRAM on device 0",
                        "NestedLifeCycleTests.Outer as a whole left 36 KiB of DRAM on device 1");
    }

    @TtMemoryCheck
    static class WithDevices {

        static final FixtureDevice SHARED = new FixtureDevice();
        private final FixtureDevice own = new FixtureDevice();

        @Nested
        class Inner {

            @Test
            void a_fills_the_caches() {
                SHARED.run(1);
                own.run(2);
            }

            @Test
            void b_leaks() {
                SHARED.run(4);
                FixtureTensor.forget(8);
            }
        }
    }

    @Test
    void devices_in_fields_of_outer_classes_are_found() {
        FixtureRun run = SERVER.run(WithDevices.class);

        assertThat(run.charges())
                .containsExactly("NestedLifeCycleTests.WithDevices.Inner.b_leaks() left 8 KiB of DRAM on device 0");
        assertThat(run.of("b_leaks()").leak().report().cache().programs()).isEqualTo(1);
    }

    @TtMemoryCheck
    static class WithLifecycleMethods {

        private FixtureTensor freed = FixtureTensor.later();

        @BeforeAll
        static void open() {
            FixtureTensor.forget(1);
        }

        @BeforeEach
        void allocate() {
            freed.allocate(2);
        }

        @AfterEach
        void free() {
            freed.close();
        }

        @Nested
        class Inner {

            @BeforeAll
            static void open() {
                FixtureTensor.forget(4);
            }

            @Test
            void a_is_clean() {}

            @Test
            void b_leaks() {
                FixtureTensor.forget(8);
            }
        }
    }

    @Test
    void each_class_is_charged_with_its_own_lifecycle_methods_once() {
        assertThat(SERVER.run(WithLifecycleMethods.class).charges())
                .containsExactly(
                        "NestedLifeCycleTests.WithLifecycleMethods.Inner.b_leaks() left 8 KiB of DRAM on device 0",
                        "NestedLifeCycleTests.WithLifecycleMethods.Inner as a whole left 4 KiB of DRAM on device 0",
                        "NestedLifeCycleTests.WithLifecycleMethods as a whole left 1 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneOuterInstance {

        final FixtureTensor outer = FixtureTensor.of(1);

        @Nested
        class Inner {

            final FixtureTensor inner = FixtureTensor.of(2);

            @Test
            void a() {}

            @Test
            void b() {}
        }

        @Nested
        @TestInstance(Lifecycle.PER_CLASS)
        class InnerWithOneInstance {

            final FixtureTensor inner = FixtureTensor.of(4);

            @Test
            void a() {}
        }
    }

    @Test
    void an_instance_is_charged_to_what_it_is_made_for() {
        assertThat(SERVER.run(OneOuterInstance.class).charges())
                .containsExactlyInAnyOrder(
                        "NestedLifeCycleTests.OneOuterInstance.Inner.a() left 2 KiB of DRAM on device 0",
                        "NestedLifeCycleTests.OneOuterInstance.Inner.b() left 2 KiB of DRAM on device 0",
                        "NestedLifeCycleTests.OneOuterInstance.InnerWithOneInstance as a whole left 4 KiB of DRAM on device 0",
                        "NestedLifeCycleTests.OneOuterInstance as a whole left 1 KiB of DRAM on device 0");
    }

    static class OnlyTheInnerClass {

        @Test
        void is_not_checked() {
            FixtureTensor.forget(1);
        }

        @Nested
        @TtMemoryCheck
        class Inner {

            @Test
            void leaks() {
                FixtureTensor.forget(2);
            }
        }
    }

    @Test
    void an_annotation_on_an_inner_class_leaves_the_outer_one_alone() {
        assertThat(SERVER.run(OnlyTheInnerClass.class).charges())
                .containsExactly("NestedLifeCycleTests.OnlyTheInnerClass.Inner.leaks() left 2 KiB of DRAM on device 0");
    }
}

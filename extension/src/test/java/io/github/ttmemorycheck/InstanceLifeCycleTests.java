package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is charged for what an instance holds, one instance for each test and one for all. */
@Timeout(60)
class InstanceLifeCycleTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    static class OneForEachTest {

        final FixtureTensor field = FixtureTensor.of(1);
        final FixtureTensor closed = FixtureTensor.of(2);

        @AutoClose
        final FixtureTensor closedByJUnit = FixtureTensor.of(4);

        @BeforeEach
        void allocate() {
            FixtureTensor.forget(16);
        }

        @Test
        void a() {}

        @Test
        void b() {
            FixtureTensor.forget(32);
        }

        @AfterEach
        void close() {
            closed.close();
            FixtureTensor.forget(64);
        }
    }

    @Test
    void with_an_instance_for_each_test_fields_and_lifecycle_methods_are_charged_to_the_test() {
        FixtureRun run = SERVER.run(OneForEachTest.class);

        assertThat(run.failed()).containsExactly("a()", "b()");
        assertThat(run.charges())
                .containsExactly(
                        "InstanceLifeCycleTests.OneForEachTest.a() left 81 KiB of DRAM on device 0",
                        "InstanceLifeCycleTests.OneForEachTest.b() left 113 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneForAll {

        final FixtureTensor field = FixtureTensor.of(1);

        @AutoClose
        final FixtureTensor closedByJUnit = FixtureTensor.of(4);

        @BeforeEach
        void allocate() {
            FixtureTensor.forget(16);
        }

        @Test
        void a() {}

        @Test
        void b() {
            FixtureTensor.forget(32);
        }
    }

    @Test
    void with_one_instance_for_all_tests_fields_are_charged_to_the_class() {
        FixtureRun run = SERVER.run(OneForAll.class);

        assertThat(run.failed()).containsExactly("a()", "b()", "InstanceLifeCycleTests$OneForAll");
        assertThat(run.charges())
                .containsExactly(
                        "InstanceLifeCycleTests.OneForAll.a() left 16 KiB of DRAM on device 0",
                        "InstanceLifeCycleTests.OneForAll.b() left 48 KiB of DRAM on device 0",
                        "InstanceLifeCycleTests.OneForAll as a whole left 1 KiB of DRAM on device 0");
    }

    abstract static class WithArguments {

        static Stream<FixtureTensor> tensors() {
            return Stream.generate(FixtureTensor::later).limit(2);
        }

        @ParameterizedTest
        @MethodSource("tensors")
        void a_closed_argument(FixtureTensor argument) {
            argument.allocate(1);
        }

        @ParameterizedTest
        @MethodSource("tensors")
        void b_leaking_beside_it(FixtureTensor argument) {
            argument.allocate(1);
            FixtureTensor.forget(2);
        }

        @ParameterizedTest(autoCloseArguments = false)
        @MethodSource("tensors")
        void c_not_closed(FixtureTensor argument) {
            argument.allocate(4);
        }
    }

    @TtMemoryCheck
    static class ArgumentsWithAnInstanceEach extends WithArguments {}

    @TtMemoryCheck
    @TestInstance(Lifecycle.PER_CLASS)
    static class ArgumentsWithOneInstance extends WithArguments {}

    @ParameterizedTest
    @ValueSource(classes = {ArgumentsWithAnInstanceEach.class, ArgumentsWithOneInstance.class})
    void what_an_argument_that_junit_closes_allocates_is_no_leak(Class<?> fixture) {
        String name = "InstanceLifeCycleTests." + fixture.getSimpleName();

        assertThat(SERVER.run(fixture).charges())
                .containsExactly(
                        name + ".b_leaking_beside_it(FixtureTensor)[1] left 2 KiB of DRAM on device 0",
                        name + ".b_leaking_beside_it(FixtureTensor)[2] left 2 KiB of DRAM on device 0",
                        name + ".c_not_closed(FixtureTensor)[1] left 4 KiB of DRAM on device 0",
                        name + ".c_not_closed(FixtureTensor)[2] left 4 KiB of DRAM on device 0");
    }
}

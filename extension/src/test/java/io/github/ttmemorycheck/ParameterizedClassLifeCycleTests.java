package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that run more than once: their tests are judged each time, and the class once, after the last time. */
@Timeout(60)
class ParameterizedClassLifeCycleTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class WithLifecycleMethods {

        @Parameter
        int number;

        private static FixtureTensor freed = FixtureTensor.later();

        @BeforeAll
        static void open() {
            FixtureTensor.forget(1);
        }

        @BeforeParameterizedClassInvocation
        static void before() {
            FixtureTensor.forget(2);
            freed = FixtureTensor.of(64);
        }

        @Test
        void a_is_clean() {}

        @Test
        void b_leaks_in_the_second_run() {
            if (number == 2) {
                FixtureTensor.forget(16);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void c_leaks_in_each_run(int own) {
            if (own == 2) {
                FixtureTensor.forget(32);
            }
        }

        @AfterParameterizedClassInvocation
        static void after() {
            freed.close();
        }

        @AfterAll
        static void close() {
            FixtureTensor.forget(4);
        }
    }

    @Test
    void tests_are_judged_in_each_run_and_the_class_with_all_lifecycle_methods_once() {
        FixtureRun run = SERVER.run(WithLifecycleMethods.class);

        String name = "ParameterizedClassLifeCycleTests.WithLifecycleMethods";
        assertThat(run.charges())
                .containsExactly(
                        name + ".c_leaks_in_each_run(int)[1][2] left 32 KiB of DRAM on device 0",
                        name + ".b_leaks_in_the_second_run()[2] left 16 KiB of DRAM on device 0",
                        name + ".c_leaks_in_each_run(int)[2][2] left 32 KiB of DRAM on device 0",
                        name + " as a whole left 9 KiB of DRAM on device 0");
    }

    abstract static class WithAnArgument {

        @Parameter
        FixtureTensor argument = FixtureTensor.later();

        static Stream<FixtureTensor> tensors() {
            return Stream.generate(FixtureTensor::later).limit(2);
        }

        @Test
        void a_leaks() {
            FixtureTensor.forget(1);
        }
    }

    @TtMemoryCheck
    @ParameterizedClass
    @MethodSource("tensors")
    static class WithAnInstanceEach extends WithAnArgument {

        @BeforeParameterizedClassInvocation
        static void before(FixtureTensor argument) {
            argument.allocate(4);
        }
    }

    @TtMemoryCheck
    @ParameterizedClass
    @MethodSource("tensors")
    @TestInstance(Lifecycle.PER_CLASS)
    static class WithOneInstance extends WithAnArgument {

        @BeforeParameterizedClassInvocation
        void before(FixtureTensor tensor) {
            tensor.allocate(4);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {WithAnInstanceEach.class, WithOneInstance.class})
    void an_argument_of_a_class_that_junit_closes_is_no_leak(Class<?> fixture) {
        String name = "ParameterizedClassLifeCycleTests." + fixture.getSimpleName();

        assertThat(SERVER.run(fixture).charges())
                .containsExactly(
                        name + ".a_leaks()[1] left 1 KiB of DRAM on device 0",
                        name + ".a_leaks()[2] left 1 KiB of DRAM on device 0");
    }
}

package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test methods that run more than once: each invocation is judged once, and a factory as a whole. */
@Timeout(60)
class TemplateLifeCycleTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    abstract static class Templates {

        @RepeatedTest(3)
        void a_repeated(RepetitionInfo repetition) {
            leakInTheSecond(repetition.getCurrentRepetition(), 1);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void b_parameterized(int number) {
            leakInTheSecond(number, 2);
        }

        @TestTemplate
        @ExtendWith(TwoInvocations.class)
        void c_template() {
            FixtureTensor.forget(4);
        }

        @Test
        void d_after_them() {
            FixtureTensor.forget(8);
        }

        private static void leakInTheSecond(int number, long kib) {
            if (number == 2) {
                FixtureTensor.forget(kib);
            }
        }
    }

    static class TwoInvocations implements TestTemplateInvocationContextProvider {

        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(new TestTemplateInvocationContext() {}, new TestTemplateInvocationContext() {});
        }
    }

    @TtMemoryCheck
    static class WithAnInstanceEach extends Templates {}

    @TtMemoryCheck
    @TestInstance(Lifecycle.PER_CLASS)
    static class WithOneInstance extends Templates {}

    @ParameterizedTest
    @ValueSource(classes = {WithAnInstanceEach.class, WithOneInstance.class})
    void each_invocation_is_charged_with_its_own_once(Class<?> fixture) {
        FixtureRun run = SERVER.run(fixture);

        String name = "TemplateLifeCycleTests." + fixture.getSimpleName();
        assertThat(run.failed()).hasSize(5);
        assertThat(run.charges())
                .containsExactly(
                        name + ".a_repeated(RepetitionInfo)[2] left 1 KiB of DRAM on device 0",
                        name + ".b_parameterized(int)[2] left 2 KiB of DRAM on device 0",
                        name + ".c_template()[1] left 4 KiB of DRAM on device 0",
                        name + ".c_template()[2] left 4 KiB of DRAM on device 0",
                        name + ".d_after_them() left 8 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    @TestInstance(Lifecycle.PER_CLASS)
    static class WithAProviderThatFails {

        Stream<Integer> numbers() {
            FixtureTensor.forget(1);
            return Stream.of(1, 2, 3).peek(number -> {
                if (number == 3) {
                    throw new IllegalStateException("no third argument");
                }
            });
        }

        @ParameterizedTest
        @MethodSource("numbers")
        void leaks_at_first(int number) {
            if (number == 1) {
                FixtureTensor.forget(2);
            }
        }
    }

    @Test
    void the_container_of_the_invocations_is_charged_with_nothing() {
        FixtureRun run = SERVER.run(WithAProviderThatFails.class);

        assertThat(run.of("leaks_at_first(int)").throwable().orElseThrow())
                .hasMessage("no third argument")
                .hasNoSuppressedExceptions();
        assertThat(run.charges())
                .containsExactly(
                        "TemplateLifeCycleTests.WithAProviderThatFails.leaks_at_first(int)[1] left 2 KiB of DRAM on device 0",
                        "TemplateLifeCycleTests.WithAProviderThatFails as a whole left 1 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class WithAFactory {

        @TestFactory
        Stream<DynamicTest> a_factory() {
            FixtureTensor freed = FixtureTensor.of(1);
            return Stream.of(
                    DynamicTest.dynamicTest("first", () -> FixtureTensor.forget(2)),
                    DynamicTest.dynamicTest("second", () -> FixtureTensor.forget(4)),
                    DynamicTest.dynamicTest("third", freed::close));
        }

        @TestFactory
        Stream<DynamicTest> b_clean_factory() {
            FixtureTensor freed = FixtureTensor.later();
            return Stream.of(
                    DynamicTest.dynamicTest("opens", () -> freed.allocate(1)),
                    DynamicTest.dynamicTest("closes", freed::close));
        }

        @Test
        void c_after_them() {
            FixtureTensor.forget(8);
        }
    }

    @Test
    void a_factory_is_judged_as_a_whole_and_says_so() {
        FixtureRun run = SERVER.run(WithAFactory.class);

        assertThat(run.failed()).containsExactly("a_factory()", "c_after_them()");
        assertThat(run.charges())
                .containsExactly(
                        "TemplateLifeCycleTests.WithAFactory.a_factory() as a whole left 6 KiB of DRAM on device 0",
                        "TemplateLifeCycleTests.WithAFactory.c_after_them() left 8 KiB of DRAM on device 0");
        assertThat(run.of("a_factory()").leak().getMessage())
                .contains("note: a @TestFactory is judged as a whole: JUnit lets no extension into its dynamic tests");
    }
}

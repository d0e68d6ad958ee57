package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other extensions keep for a test or a class is closed before the verdict, in whatever order they are registered.
 */
@Timeout(60)
class StoreLifeCycleTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    /** Opens something for the class and for each test, and leaves the closing to JUnit. */
    static class Opener implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

        @Override
        public void beforeAll(ExtensionContext context) {
            keep(context, "for the class", 1);
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            keep(context, "for the test", 2);
        }

        @Override
        public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
            return ExtensionContextScope.TEST_METHOD;
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == FixtureTensor.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return keep(context, "for " + parameter.getDeclaringExecutable(), 4);
        }

        private static FixtureTensor keep(ExtensionContext context, String key, long kib) {
            FixtureTensor tensor = FixtureTensor.of(kib);
            context.getStore(Namespace.create(Opener.class)).put(key, tensor);
            return tensor;
        }
    }

    abstract static class WithParameters {

        @Test
        void a_uses_a_parameter(FixtureTensor parameter) {
            assertThat(parameter).isNotNull();
        }

        @Test
        void b_leaks_beside_it(FixtureTensor parameter) {
            assertThat(parameter).isNotNull();
            FixtureTensor.forget(8);
        }
    }

    @ExtendWith(Opener.class)
    @TtMemoryCheck
    static class RegisteredBefore extends WithParameters {}

    @TtMemoryCheck
    @ExtendWith(Opener.class)
    static class RegisteredAfter extends WithParameters {}

    @ExtendWith(Opener.class)
    @TtMemoryCheck
    @TestInstance(Lifecycle.PER_CLASS)
    static class RegisteredBeforeWithOneInstance extends WithParameters {}

    @TtMemoryCheck
    @ExtendWith(Opener.class)
    @TestInstance(Lifecycle.PER_CLASS)
    static class RegisteredAfterWithOneInstance extends WithParameters {}

    @ExtendWith(Opener.class)
    @TtMemoryCheck
    static class WithAParameterOfTheConstructor {

        WithAParameterOfTheConstructor(FixtureTensor parameter) {
            assertThat(parameter).isNotNull();
        }

        @Test
        void b_leaks_beside_it(FixtureTensor parameter) {
            assertThat(parameter).isNotNull();
            FixtureTensor.forget(8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                RegisteredBefore.class,
                RegisteredAfter.class,
                RegisteredBeforeWithOneInstance.class,
                RegisteredAfterWithOneInstance.class,
                WithAParameterOfTheConstructor.class
            })
    void what_other_extensions_keep_in_the_store_is_no_leak(Class<?> fixture) {
        FixtureRun run = SERVER.run(fixture);

        assertThat(run.failed()).containsExactly("b_leaks_beside_it(FixtureTensor)");
        assertThat(run.charges())
                .containsExactly("StoreLifeCycleTests." + fixture.getSimpleName()
                        + ".b_leaks_beside_it(FixtureTensor) left 8 KiB of DRAM on device 0");
    }

    static class CodeRegistered extends WithParameters {

        @RegisterExtension
        static final Opener EARLIER = new Opener();

        @RegisterExtension
        static final TtMemoryCheckExtension MEMORY =
                TtMemoryCheckExtension.builder().build();
    }

    static class RegisteredForAnInstance extends WithParameters {

        @RegisterExtension
        final TtMemoryCheckExtension memory = TtMemoryCheckExtension.builder().build();

        @RegisterExtension
        final Opener later = new Opener();
    }

    @ParameterizedTest
    @ValueSource(classes = {CodeRegistered.class, RegisteredForAnInstance.class})
    void so_it_is_where_the_check_is_registered_in_code(Class<?> fixture) {
        assertThat(SERVER.run(fixture).charges())
                .containsExactly("StoreLifeCycleTests." + fixture.getSimpleName()
                        + ".b_leaks_beside_it(FixtureTensor) left 8 KiB of DRAM on device 0");
    }
}

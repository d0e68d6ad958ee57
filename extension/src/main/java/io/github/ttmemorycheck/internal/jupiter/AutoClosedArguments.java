package io.github.ttmemorycheck.internal.jupiter;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The arguments of a parameterized test that JUnit closes after it.
 *
 * <p>JUnit closes what a store keeps in the reverse order of its arrival, and these arguments arrive before the first
 * hook that an extension has where instances live as long as their class. They would be closed after the verdict, and
 * what they hold would be taken for a leak. There is no interface to ask for another order, so they are taken out of
 * the store and put back, behind what is there. Should another JUnit keep them elsewhere, nothing is moved, and nothing
 * else changes.
 */
public final class AutoClosedArguments {

    /** Where JUnit 5.13 to 6.1 keeps them, under the keys 1, 2, and so on. */
    private static final String OWNER = "org.junit.jupiter.params.ParameterizedTestInvocationContext";

    /** The owner as the loader of a test class finds it: to look for a class takes longer than the rest. */
    private static final ClassValue<Optional<Class<?>>> OWNER_FOR = new ClassValue<>() {
        @Override
        protected Optional<Class<?>> computeValue(Class<?> testClass) {
            return ReflectionSupport.tryToLoadClass(OWNER, testClass.getClassLoader())
                    .toOptional();
        }
    };

    private AutoClosedArguments() {}

    /** Has the arguments of a test closed ahead of everything that is in its store by now. */
    static void closeFirst(ExtensionContext test) {
        OWNER_FOR
                .get(test.getRequiredTestClass())
                .ifPresent(owner -> moveBehind(test.getStore(Namespace.create(owner))));
    }

    private static void moveBehind(Store arguments) {
        for (int key = 1; arguments.get(key) != null; key++) {
            arguments.put(key, arguments.remove(key));
        }
    }
}

package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Stated;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Reads what annotations, and code that registers the extension, state for tests and classes; throws an {@code
 * ExtensionConfigurationException} when it is not allowed. Equal where it reads the same.
 */
public interface StatedRules {

    /** Whether code configures this registration; beside it that of an annotation does not count. */
    boolean isConfiguredInCode();

    Stated of(ExtensionContext context);

    /** Reads what is stated on every method of a class, so that a mistake on one is found before the first test. */
    void checkMethods(Class<?> type);
}

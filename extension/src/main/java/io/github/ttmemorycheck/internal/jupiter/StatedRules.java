package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Stated;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Reads what annotations, and code that registers the extension, state for tests and classes. Equal where it reads the
 * same.
 */
public interface StatedRules {

    /** Whether code configures this registration; beside it that of an annotation does not count. */
    boolean isConfiguredInCode();

    /**
     * Reads what is stated for a test or class.
     *
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException when it is not allowed
     */
    Stated of(ExtensionContext context);

    /**
     * Reads what is stated on every method of a class, so that a mistake on one is found before the first test.
     *
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException when it is not allowed
     */
    void checkMethods(Class<?> type);
}

package io.github.ttmemorycheck.internal.jupiter;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Refuses a JUnit below 5.13: it does not close what an extension keeps in a store, and so no verdict would ever be
 * spoken there; every test would silently pass.
 */
public final class JUnitLevel {

    /** Came with JUnit 5.13.0, together with the closing of stored {@link AutoCloseable} values. */
    private static final String SINCE_5_13 = "org.junit.jupiter.api.extension.ExtensionContext$StoreScope";

    private JUnitLevel() {}

    static boolean isSupported() {
        return ReflectionSupport.tryToLoadClass(SINCE_5_13, ExtensionContext.class.getClassLoader())
                .toOptional()
                .isPresent();
    }

    static void check() {
        if (!isSupported()) {
            String version = ExtensionContext.class.getPackage().getImplementationVersion();
            throw new ExtensionConfigurationException(
                    "@TtMemoryCheck needs JUnit 5.13 or later, and " + (version == null ? "an older one" : version)
                            + " is on the class path: below 5.13 no leak would ever be reported. Import"
                            + " org.junit:junit-bom:5.13.4 or later, 6.x included");
        }
    }
}

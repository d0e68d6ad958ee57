package io.github.ttmemorycheck;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Refuses a JUnit below 5.13: it does not close what an extension keeps in a store, and so no verdict would ever be spoken
 * there; every test would silently pass.
 */
final class JUnitLevel {

    /** Came with JUnit 5.13.0, together with the closing of stored {@link AutoCloseable} values. */
    private static final String SINCE_5_13 = "org.junit.jupiter.api.extension.ExtensionContext$StoreScope";

    private JUnitLevel() {}

    static void check() {
        try {
            Class.forName(SINCE_5_13, false, ExtensionContext.class.getClassLoader());
        } catch (ClassNotFoundException tooOld) {
            String version = ExtensionContext.class.getPackage().getImplementationVersion();
            throw new ExtensionConfigurationException(
                    "@TtMemoryCheck needs JUnit 5.13 or later, and " + (version == null ? "an older one" : version)
                            + " is on the class path: below 5.13 no leak would ever be reported. Import"
                            + " org.junit:junit-bom:5.13.4 or later, 6.x included",
                    tooOld);
        }
    }
}

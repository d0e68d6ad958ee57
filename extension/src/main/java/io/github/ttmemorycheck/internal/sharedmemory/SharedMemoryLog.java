package io.github.ttmemorycheck.internal.sharedmemory;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tracker's log. The logger is made when there is something to say: SLF4J writes to standard error when it is first used
 * without a provider, and a user without one should not see that because of a debug message.
 */
final class SharedMemoryLog {

    private static final String NAME = "io.github.ttmemorycheck.tracker.SharedMemoryTracker";
    private static final String PROVIDER = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

    private SharedMemoryLog() {}

    static void warn(String message) {
        Made.LOGGER.warn("{}", message);
    }

    static void debug(Supplier<String> message) {
        if (Provider.MAY_BE_THERE && Made.LOGGER.isDebugEnabled()) {
            Made.LOGGER.debug("{}", message.get());
        }
    }

    private static final class Made {
        static final Logger LOGGER = LoggerFactory.getLogger(NAME);
    }

    private static final class Provider {
        static final boolean MAY_BE_THERE = LoggerFactory.class.getModule().isNamed()
                || System.getProperty("slf4j.provider") != null
                || isOnClassPath(LoggerFactory.class.getClassLoader());

        private static boolean isOnClassPath(ClassLoader loader) {
            return loader != null && loader.getResource(PROVIDER) != null;
        }
    }
}

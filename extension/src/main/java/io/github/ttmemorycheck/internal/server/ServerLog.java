package io.github.ttmemorycheck.internal.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's logger, made when there is something to say: SLF4J writes to standard error when it is first used without a
 * provider, and a user without one should not see that because of a debug message.
 */
final class ServerLog {

    private static final String NAME = "io.github.ttmemorycheck.tracker.AllocationServer";
    private static final String PROVIDER = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

    private ServerLog() {}

    static Logger logger() {
        return Made.LOGGER;
    }

    static boolean isDebugEnabled() {
        return Provider.MAY_BE_THERE && Made.LOGGER.isDebugEnabled();
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

package io.github.ttmemorycheck;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the steps of a check through SLF4J: debug when a step went well, warn when it could not be done.
 *
 * <p>SLF4J without a provider prints three lines of its own at the first logger and then drops everything. So it is only
 * touched where a provider is on the class path; elsewhere debug lines are dropped and warnings go to the JDK's own
 * {@link System.Logger}, which shows them. Thread-safe.
 */
final class StepLog {

    private static final String NAME = "io.github.ttmemorycheck";

    private final @Nullable Logger slf4j;

    StepLog() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        String service = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
        boolean provided =
                (loader == null ? ClassLoader.getSystemResource(service) : loader.getResource(service)) != null
                        || System.getProperty("slf4j.provider") != null;
        this.slf4j = provided ? LoggerFactory.getLogger(NAME) : null;
    }

    void debug(Supplier<String> message) {
        Logger logger = slf4j;
        if (logger != null && logger.isDebugEnabled()) {
            logger.debug("{}", message.get());
        }
    }

    void info(String message) {
        Logger logger = slf4j;
        if (logger != null) {
            logger.info("{}", message);
        }
    }

    void warn(String message) {
        warn(message, null);
    }

    /** Logs the message as data, never as a format, since it may hold names from anywhere; the stack trace at debug level. */
    void warn(String text, @Nullable Throwable cause) {
        String message = cause == null ? text : text + " (" + cause + ")";
        Logger logger = slf4j;
        if (logger == null) {
            System.getLogger(NAME).log(System.Logger.Level.WARNING, () -> message);
            return;
        }
        logger.warn("{}", message);
        if (cause != null) {
            logger.debug("the stack trace of the warning before", cause);
        }
    }
}

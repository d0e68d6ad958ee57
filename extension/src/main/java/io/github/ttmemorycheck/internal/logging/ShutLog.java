package io.github.ttmemorycheck.internal.logging;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Prints what a log would swallow. The log of Quarkus keeps what it is given until an application has started, and
 * after the last one has ended, which is before a run of tests ends: what is said then would never be seen.
 */
final class ShutLog {

    /** SLF4J's logger of the JBoss LogManager, which Quarkus brings. */
    private static final String JBOSS = "org.slf4j.impl.Slf4jLogger";

    private static final String QUARKUS = "io.quarkus.bootstrap.logging.InitialConfigurator";

    private ShutLog() {}

    /** Returns whether what a logger is given is shown to nobody now; false where that is not known. */
    static boolean isShut(Logger logger) {
        if (!logger.getClass().getName().equals(JBOSS)) {
            return false;
        }
        try {
            Class<?> quarkus = Class.forName(QUARKUS, true, logger.getClass().getClassLoader());
            return isEmpty(quarkus.getField("DELAYED_HANDLER").get(null));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError other) {
            return false;
        }
    }

    /** Returns whether a handler that passes records on has none to pass them to; false where that is not known. */
    static boolean isEmpty(@Nullable Object handler) {
        try {
            return handler != null
                    && handler.getClass().getMethod("getHandlers").invoke(handler) instanceof Object[] inner
                    && inner.length == 0;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException other) {
            return false;
        }
    }

    /** Prints a message as the JDK's own log does, but for the time. */
    static void print(System.Logger.Level level, String message) {
        System.err.println(level + ": " + message);
    }
}

package io.github.ttmemorycheck.internal.logging;

import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs through SLF4J where a provider for it is there.
 *
 * <p>SLF4J without a provider prints three lines of its own at the first logger and then drops everything. So it is
 * only touched where a provider can be found; elsewhere what a user must see goes to the JDK's own {@link
 * System.Logger}, which shows it, and the rest is dropped. What a user must see is printed where the log is shut, as
 * that of Quarkus is once its tests have ended. Thread-safe.
 *
 * <p>Messages are data, never formats: they may hold names from anywhere.
 */
public final class Log {

    private static final String SERVICE = "org.slf4j.spi.SLF4JServiceProvider";

    private final String name;
    private final @Nullable Logger slf4j;
    private final Predicate<Logger> isShut;

    /**
     * Makes it.
     *
     * @param isShut whether a logger would swallow what it is given
     */
    Log(String name, @Nullable Logger slf4j, Predicate<Logger> isShut) {
        this.name = name;
        this.slf4j = slf4j;
        this.isShut = isShut;
    }

    /** Returns the log of the library as a whole. */
    public static Log ofLibrary() {
        return of("io.github.ttmemorycheck");
    }

    /** Returns the log with a name. */
    public static Log of(String name) {
        return new Log(name, Provider.IS_THERE ? LoggerFactory.getLogger(name) : null, ShutLog::isShut);
    }

    /** Returns a class of the library that must be there to log. */
    public static Class<?> library() {
        return LoggerFactory.class;
    }

    /** Returns whether details are seen. */
    public boolean isTraceEnabled() {
        return slf4j != null && slf4j.isTraceEnabled();
    }

    /** Logs a step that went well. */
    public void debug(Supplier<String> message) {
        if (slf4j != null && slf4j.isDebugEnabled()) {
            slf4j.debug("{}", message.get());
        }
    }

    /** Logs a detail of which there may be thousands, such as each event of a client. */
    public void trace(Supplier<String> message) {
        if (slf4j != null && slf4j.isTraceEnabled()) {
            slf4j.trace("{}", message.get());
        }
    }

    /** Logs something worth knowing that nobody asked for. */
    public void info(String message) {
        if (slf4j != null) {
            slf4j.info("{}", message);
        }
    }

    /** Logs something that somebody asked for, and so must see. */
    public void answer(String message) {
        if (slf4j == null) {
            System.getLogger(name).log(System.Logger.Level.INFO, () -> message);
        } else if (slf4j.isInfoEnabled() && isShut.test(slf4j)) {
            ShutLog.print(System.Logger.Level.INFO, message);
        } else {
            slf4j.info("{}", message);
        }
    }

    /** Logs something that could not be done, or that somebody should change. */
    public void warn(String message) {
        warn(message, null);
    }

    /**
     * Logs the same with what caused it, in a sentence; its stack trace at trace level only. The message of a {@link
     * TrackerException} is a sentence already, and the name of its class says nothing more.
     */
    public void warn(String text, @Nullable Throwable cause) {
        String message = cause == null ? text : text + " (" + said(cause) + ")";
        if (slf4j == null) {
            System.getLogger(name).log(System.Logger.Level.WARNING, () -> message);
            return;
        }
        if (slf4j.isWarnEnabled() && isShut.test(slf4j)) {
            ShutLog.print(System.Logger.Level.WARNING, message);
        } else {
            slf4j.warn("{}", message);
        }
        if (cause != null) {
            slf4j.trace("the stack trace of the warning before", cause);
        }
    }

    private static String said(Throwable cause) {
        return cause instanceof TrackerException ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    /** Asked once: looking through the class path costs more than a message. */
    private static final class Provider {

        static final boolean IS_THERE = System.getProperty("slf4j.provider") != null
                || isProvidedIn(LoggerFactory.class.getModule().getLayer())
                || isFound(Thread.currentThread().getContextClassLoader())
                || isFound(LoggerFactory.class.getClassLoader());

        private Provider() {}

        /** A provider that is a module has no file that names it. */
        private static boolean isProvidedIn(@Nullable ModuleLayer layer) {
            return layer != null
                    && (layer.modules().stream()
                                    .flatMap(module -> module.getDescriptor().provides().stream())
                                    .anyMatch(provided -> provided.service().equals(SERVICE))
                            || layer.parents().stream().anyMatch(Provider::isProvidedIn));
        }

        private static boolean isFound(@Nullable ClassLoader loader) {
            return loader != null && loader.getResource("META-INF/services/" + SERVICE) != null;
        }
    }
}

package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Ruling;
import io.github.ttmemorycheck.report.LeakReport;
import org.opentest4j.AssertionFailedError;

/** Makes the errors that fail a test or class: those of leaks and of growth have a class of their own. */
@FunctionalInterface
public interface LeakErrors {

    /**
     * Makes one.
     *
     * @param message the whole text
     * @param expected what is allowed, as an IDE shows it
     * @param actual what was found instead
     */
    AssertionFailedError of(LeakReport report, String message, String expected, String actual);

    /** Makes the error of a ruling, whatever is wrong. */
    default AssertionFailedError of(Ruling ruling) {
        String message = ruling.message();
        AssertionFailedError error = ruling.leak()
                .map(leak -> of(leak, message, ruling.expected(), ruling.actual()))
                .or(() -> ruling.cause().map(why -> new AssertionFailedError(message, why)))
                .orElseGet(() -> new AssertionFailedError(message));
        // The frames of this library and of JUnit say nothing about the leak, and build tools print the top one.
        error.setStackTrace(new StackTraceElement[0]);
        return error;
    }
}

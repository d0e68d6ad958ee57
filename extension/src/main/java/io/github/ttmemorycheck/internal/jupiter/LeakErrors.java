package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.report.LeakReport;
import org.opentest4j.AssertionFailedError;

/** Makes the errors of leaks and of growth. */
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
}

package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import java.util.Optional;

/**
 * What the check said of a test or class that did not pass it.
 *
 * @param failed whether the test or class failed by it; not where errors are only warned of
 * @param leak the details of a leak, as far as they are kept
 * @param buffers how many buffers were left in all; {@code leak} may hold fewer
 */
public record Failure(
        Subject subject, Kind kind, String message, boolean failed, Optional<LeakReport> leak, int buffers) {

    /** What can be wrong. */
    public enum Kind {
        /** More was left than is allowed. */
        LEAK,
        /** More was held after each repetition. */
        GROWTH,
        /** A leak that is waived is gone. */
        WAIVER,
        /** An address was freed twice. */
        DOUBLE_FREE,
        /** The memory could not be measured, or nothing was seen. */
        UNCHECKED
    }
}

package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.STABLE;

import io.github.ttmemorycheck.report.LeakReport;
import java.io.Serial;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * A test or a class left more device memory behind than is allowed.
 *
 * <p>The message is the whole report as text. {@link #getExpected()} is what is allowed and {@link #getActual()} what
 * was left, a line for each device and kind that fails; where repetitions grew, what each may add and what each added.
 */
@API(status = STABLE, since = "0.1")
public final class DeviceMemoryLeakError extends AssertionFailedError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final LeakReport report;

    DeviceMemoryLeakError(LeakReport report, String message, String expected, String actual) {
        super(message, expected, actual);
        this.report = report;
    }

    /**
     * Returns what the message was made from.
     *
     * @return the report
     */
    public LeakReport report() {
        return report;
    }
}

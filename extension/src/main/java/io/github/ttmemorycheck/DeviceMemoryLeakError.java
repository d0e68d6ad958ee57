package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.STABLE;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.io.Serial;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;

/**
 * A test or a class left more device memory behind than is allowed.
 *
 * <p>The message is the whole report as text. {@link #getExpected()} is what is allowed and {@link #getActual()} what
 * was left, a line for each device and kind that fails.
 */
@API(status = STABLE, since = "0.1")
public final class DeviceMemoryLeakError extends AssertionFailedError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final LeakReport report;

    DeviceMemoryLeakError(LeakReport report, String message) {
        super(message, sides(report, Finding::allowed), sides(report, Finding::left));
        this.report = report;
    }

    private static String sides(LeakReport report, ToLongFunction<Finding> figure) {
        return report.findings().stream()
                .filter(finding -> finding.verdict().fails())
                .map(finding -> "device " + finding.device() + " " + finding.kind() + ": "
                        + ByteSize.format(figure.applyAsLong(finding)))
                .collect(Collectors.joining("\n"));
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

package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Ruling;
import io.github.ttmemorycheck.report.LeakReport;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * Carries out what a test or class is told: fails it, or only warns.
 *
 * @param leakErrors makes the error of a leak from its report and its message
 */
record Delivery(BiFunction<LeakReport, String, AssertionFailedError> leakErrors) {

    /**
     * Carries out rulings in their order; the first by which the subject fails is thrown, and ends it.
     *
     * @param publisher through whom JUnit publishes a leak
     */
    void carryOut(JupiterRun run, Optional<ExtensionContext> publisher, List<Ruling> rulings) {
        for (Ruling ruling : rulings) {
            Optional<LeakReport> leak =
                    ruling instanceof Ruling.Leak leaked ? Optional.of(leaked.report()) : Optional.empty();
            run.report(ruling, leak);
            if (ruling.fails()) {
                leak.ifPresent(report -> publisher.ifPresent(by -> LeakPublication.publish(
                        by, report, ruling.message(), run.run().log())));
                throw error(ruling);
            }
            run.run().log().warn(ruling.message());
        }
    }

    private AssertionFailedError error(Ruling ruling) {
        AssertionFailedError error;
        if (ruling instanceof Ruling.Leak leak) {
            error = leakErrors.apply(leak.report(), leak.message());
        } else if (ruling instanceof Ruling.Unmeasured unmeasured) {
            error = new AssertionFailedError(unmeasured.message(), unmeasured.cause());
        } else {
            error = new AssertionFailedError(ruling.message());
        }
        // The frames of this library and of JUnit say nothing about the leak, and build tools print the top one.
        error.setStackTrace(new StackTraceElement[0]);
        return error;
    }
}

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
            run.report(ruling);
            if (ruling.fails()) {
                ruling.leak()
                        .ifPresent(leak -> publisher.ifPresent(by -> LeakPublication.publish(
                                by, leak, ruling.message(), run.run().log())));
                throw error(ruling);
            }
            run.run().log().warn(ruling.message());
        }
    }

    private AssertionFailedError error(Ruling ruling) {
        String message = ruling.message();
        AssertionFailedError error = ruling.leak()
                .map(leak -> leakErrors.apply(leak, message))
                .or(() -> ruling.cause().map(why -> new AssertionFailedError(message, why)))
                .orElseGet(() -> new AssertionFailedError(message));
        // The frames of this library and of JUnit say nothing about the leak, and build tools print the top one.
        error.setStackTrace(new StackTraceElement[0]);
        return error;
    }
}

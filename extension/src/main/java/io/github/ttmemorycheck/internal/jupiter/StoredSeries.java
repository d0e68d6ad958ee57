package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.RepetitionSeries;
import io.github.ttmemorycheck.internal.check.Rules;
import io.github.ttmemorycheck.report.Subject;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The repetitions of a test in the store of the outermost template that they are invocations of, judged when that is
 * closed.
 */
record StoredSeries(JupiterRun run, ExtensionContext first, RepetitionSeries series, Delivery delivery)
        implements AutoCloseable {

    /** Finds the repetitions that a test is one of; empty for a test that runs once. */
    static Optional<RepetitionSeries> of(
            JupiterRun run, ExtensionContext test, Subject subject, Rules rules, Delivery delivery) {
        return ContextSubjects.template(test)
                .map(template -> ContextStore.keep(
                                template,
                                "repetitions of " + subject.repetitions().uniqueId(),
                                StoredSeries.class,
                                () -> new StoredSeries(
                                        run, test, new RepetitionSeries(run.run(), subject, rules), delivery))
                        .series());
    }

    @Override
    public void close() {
        delivery.carryOut(run, first.getParent(), series.end());
    }
}

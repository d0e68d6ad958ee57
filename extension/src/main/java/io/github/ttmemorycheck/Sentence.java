package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.runreport.Failure;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Carries out what a test or class is told: fails it, or only warns, as its own outcome and the settings ask for. */
final class Sentence {

    private final Run run;
    private final ExtensionContext context;

    Sentence(Run run, ExtensionContext context) {
        this.run = run;
        this.context = context;
    }

    /** Fails the test with an error, unless it was aborted or errors are only warned of. */
    void fail(AssertionFailedError error) {
        if (isAborted()) {
            record(SubjectNames.subject(context), kind(error), error, false);
            run.log().warn(String.valueOf(error.getMessage()));
        } else {
            carryOut(SubjectNames.subject(context), kind(error), error, Optional.of(context));
        }
    }

    /** Fails a test or class that was not checked, unless errors are only warned of. */
    void unchecked(AssertionFailedError error) {
        carryOut(SubjectNames.subject(context), Failure.Kind.UNCHECKED, error, Optional.of(context));
    }

    /** Warns of a test or class that was not checked. */
    void warnOfUnchecked(AssertionFailedError error) {
        record(SubjectNames.subject(context), Failure.Kind.UNCHECKED, error, false);
        run.log().warn(String.valueOf(error.getMessage()));
    }

    /** Fails all repetitions of a test together, whatever became of them, unless errors are only warned of. */
    void failAll(AssertionFailedError error) {
        carryOut(SubjectNames.subject(context).repetitions(), kind(error), error, context.getParent());
    }

    /** Says that the result is not known, and fails the test for it unless that is set to a warning. */
    void inconclusive(TrackerException why) {
        boolean only = run.settings().inconclusive() == OnInconclusive.WARN || isAborted();
        boolean fails = !only && run.settings().mode() != Mode.WARN;
        AssertionFailedError unmeasured = new Unmeasured(SubjectNames.subject(context), why, fails).asError();
        if (only) {
            warnOfUnchecked(unmeasured);
        } else {
            unchecked(unmeasured);
        }
    }

    private boolean isAborted() {
        return context.getExecutionException()
                .filter(TestAbortedException.class::isInstance)
                .isPresent();
    }

    private static Failure.Kind kind(AssertionFailedError error) {
        if (!(error instanceof DeviceMemoryLeakError leak)) {
            return Failure.Kind.WAIVER;
        }
        return leak.report().findings().stream().anyMatch(finding -> finding.verdict() == Verdict.LEAKED)
                ? Failure.Kind.LEAK
                : Failure.Kind.GROWTH;
    }

    private void record(Subject subject, Failure.Kind kind, AssertionFailedError error, boolean fails) {
        String message = String.valueOf(error.getMessage());
        Optional<LeakReport> leak =
                error instanceof DeviceMemoryLeakError of ? Optional.of(of.report()) : Optional.empty();
        run.recorder().failed(subject, kind, message, leak, fails);
        run.reports().annotate(subject, message, fails);
    }

    private void carryOut(
            Subject subject, Failure.Kind kind, AssertionFailedError error, Optional<ExtensionContext> publishedBy) {
        boolean fails = run.settings().mode() != Mode.WARN;
        record(subject, kind, error, fails);
        if (fails && error instanceof DeviceMemoryLeakError leak) {
            publishedBy.ifPresent(publisher -> LeakPublication.publish(publisher, leak, run.log()));
        }
        // The frames of this library and of JUnit say nothing about the leak, and build tools print the top one.
        error.setStackTrace(new StackTraceElement[0]);
        if (!fails) {
            run.log().warn(String.valueOf(error.getMessage()));
        } else {
            throw error;
        }
    }
}

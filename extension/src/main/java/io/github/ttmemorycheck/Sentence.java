package io.github.ttmemorycheck;

import io.github.ttmemorycheck.tracker.TrackerException;
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
        boolean aborted = context.getExecutionException()
                .filter(TestAbortedException.class::isInstance)
                .isPresent();
        if (aborted) {
            run.log().warn(String.valueOf(error.getMessage()));
        } else {
            failAll(error);
        }
    }

    /** Fails what the test belongs to with an error, whatever became of the test, unless errors are only warned of. */
    void failAll(AssertionFailedError error) {
        // The frames of this library and of JUnit say nothing about the leak, and build tools print the top one.
        error.setStackTrace(new StackTraceElement[0]);
        if (run.settings().mode() == Mode.WARN) {
            run.log().warn(String.valueOf(error.getMessage()));
        } else {
            throw error;
        }
    }

    /** Says that the result is not known, and fails the test for it unless that is set to a warning. */
    void inconclusive(TrackerException why) {
        Unmeasured unmeasured =
                new Unmeasured(SubjectNames.of(context), context.getTestMethod().isEmpty(), why);
        if (run.settings().inconclusive() == OnInconclusive.WARN) {
            run.log().warn(unmeasured.text());
        } else {
            fail(unmeasured.asError());
        }
    }
}

package io.github.ttmemorycheck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/** Notices that the tracker saw nothing at all while the tests of a class ran: then nothing was checked. */
final class IdleGuard {

    private final Run run;
    private final long activityBefore;
    private final long testsBefore;

    IdleGuard(Run run) {
        this.run = run;
        this.activityBefore = run.tracker().activity();
        this.testsBefore = run.testsJudged();
    }

    /** Reports the class, if it is the outermost one and a test of it ran. */
    void judge(ExtensionContext context, Sentence sentence) {
        if (run.settings().idle() == Idle.IGNORE
                || !context.getEnclosingTestClasses().isEmpty()
                || run.testsJudged() == testsBefore
                || run.tracker().activity() != activityBefore) {
            return;
        }
        String text =
                SubjectNames.of(context) + " was not checked: its tests ran, and the tracker saw nothing at all\n\n"
                        + "  likely:   TT_ALLOC_TRACKING_ENABLED=1 is missing in the environment of the process that opens the device,\n"
                        + "            or that process connects to another socket; listening: "
                        + run.tracker().description() + "\n"
                        + "  to fix:   export TT_ALLOC_TRACKING_ENABLED=1 before the tests, or have the binding report through\n"
                        + "            AllocationClient; " + TtMemoryCheckSettings.IDLE
                        + "=ignore for a class that uses no device";
        if (run.settings().idle() == Idle.FAIL) {
            sentence.unchecked(new AssertionFailedError(text));
        } else {
            sentence.warnOfUnchecked(new AssertionFailedError(text));
        }
    }
}

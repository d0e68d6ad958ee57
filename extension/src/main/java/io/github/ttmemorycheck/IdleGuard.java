package io.github.ttmemorycheck;

import io.github.ttmemorycheck.tracker.SharedMemoryTracker;
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
                        + (run.tracker() instanceof SharedMemoryTracker ? ofRegions() : ofServer());
        if (run.settings().idle() == Idle.FAIL) {
            sentence.fail(new AssertionFailedError(text));
        } else {
            run.log().warn(text);
        }
    }

    private String ofRegions() {
        return "  likely:   TT_METAL_SHM_TRACKING_DISABLED=1 is set in the process that opens the device, or it writes its\n"
                + "            regions elsewhere; looking at: " + run.tracker().description() + "\n"
                + "  to fix:   unset it before the tests; " + TtMemoryCheckSettings.SHM_DIRECTORY
                + " names the directory, and\n"
                + "            " + TtMemoryCheckSettings.IDLE + "=ignore is for a class that uses no device";
    }

    private String ofServer() {
        return "  likely:   TT_ALLOC_TRACKING_ENABLED=1 is missing in the environment of the process that opens the device,\n"
                + "            or that process connects to another socket; listening: "
                + run.tracker().description() + "\n"
                + "  to fix:   export TT_ALLOC_TRACKING_ENABLED=1 before the tests, or have the binding report through\n"
                + "            AllocationClient; " + TtMemoryCheckSettings.IDLE
                + "=ignore for a class that uses no device";
    }
}

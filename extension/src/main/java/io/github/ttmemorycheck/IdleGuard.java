package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.sharedmemory.SharedMemoryTracker;
import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
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
        if (!context.getEnclosingTestClasses().isEmpty()
                || run.testsJudged() == testsBefore
                || run.tracker().activity() != activityBefore) {
            return;
        }
        run.recorded().notChecked(context.getRequiredTestClass());
        if (run.settings().idle() == Idle.IGNORE) {
            return;
        }
        List<String> lines = new ArrayList<>(Wrapping.sentence(
                SubjectNames.of(context) + " was not checked: its tests ran, and the tracker saw nothing at all"));
        lines.add("");
        boolean regions = run.tracker() instanceof SharedMemoryTracker;
        lines.addAll(Wrapping.hanging("  likely:   ", regions ? regionsAreMissing() : eventsAreMissing()));
        lines.addAll(Wrapping.hanging("  to fix:   ", regions ? haveRegions() : haveEvents()));
        String text = String.join("\n", lines);
        if (run.settings().idle() == Idle.FAIL) {
            sentence.unchecked(new AssertionFailedError(text));
        } else {
            sentence.warnOfUnchecked(new AssertionFailedError(text));
        }
    }

    private String eventsAreMissing() {
        return "TT_ALLOC_TRACKING_ENABLED=1 is missing in the environment of the process that opens the device, or that"
                + " process connects to another socket; listening: " + tracker();
    }

    private static String haveEvents() {
        return "export TT_ALLOC_TRACKING_ENABLED=1 before the tests, or have the binding report through AllocationClient; "
                + TtMemoryCheckSettings.IDLE + "=ignore for a class that uses no device";
    }

    private String regionsAreMissing() {
        return "TT_METAL_SHM_TRACKING_DISABLED=1 is set in the process that opens the device, or it writes its regions"
                + " elsewhere; looking at: " + tracker();
    }

    private static String haveRegions() {
        return "unset it before the tests; " + TtMemoryCheckSettings.SHM_DIRECTORY + " names the directory, and "
                + TtMemoryCheckSettings.IDLE + "=ignore is for a class that uses no device";
    }

    private String tracker() {
        return PlainText.escape(run.tracker().description());
    }
}

package io.github.ttmemorycheck;

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
        if (run.settings().idle() == Idle.IGNORE
                || !context.getEnclosingTestClasses().isEmpty()
                || run.testsJudged() == testsBefore
                || run.tracker().activity() != activityBefore) {
            return;
        }
        List<String> lines = new ArrayList<>(Wrapping.sentence(
                SubjectNames.of(context) + " was not checked: its tests ran, and the tracker saw nothing at all"));
        lines.add("");
        lines.addAll(Wrapping.hanging(
                "  likely:   ",
                "TT_ALLOC_TRACKING_ENABLED=1 is missing in the environment of the process that opens the device, or that"
                        + " process connects to another socket; listening: "
                        + PlainText.escape(run.tracker().description())));
        lines.addAll(Wrapping.hanging(
                "  to fix:   ",
                "export TT_ALLOC_TRACKING_ENABLED=1 before the tests, or have the binding report through"
                        + " AllocationClient; " + TtMemoryCheckSettings.IDLE
                        + "=ignore for a class that uses no device"));
        String text = String.join("\n", lines);
        if (run.settings().idle() == Idle.FAIL) {
            sentence.fail(new AssertionFailedError(text));
        } else {
            run.log().warn(text);
        }
    }
}

package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.message.Inconclusive;
import io.github.ttmemorycheck.internal.message.InconclusiveText;
import io.github.ttmemorycheck.internal.message.TextReport;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.settings.Mode;
import io.github.ttmemorycheck.internal.settings.OnInconclusive;
import io.github.ttmemorycheck.internal.settings.Settings;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.TrackerException;

/**
 * Makes rulings as the settings, and the test's own outcome, ask for: a test that was aborted is only warned.
 *
 * @param settings of the run
 * @param outcome what became of the test or class by itself
 */
record Rulings(Settings settings, TestResult outcome) {

    Ruling leak(LeakReport report) {
        return new Ruling.Leak(report.subject(), report, TextReport.render(report), failsUnlessAborted());
    }

    Ruling growth(LeakReport report, String message) {
        return new Ruling.Leak(report.subject(), report, message, isFailing());
    }

    Ruling waiverGone(Subject subject, String message) {
        return new Ruling.WaiverGone(subject, message, failsUnlessAborted());
    }

    Ruling unmeasured(Subject subject, TrackerException why) {
        boolean fails = settings.inconclusive() == OnInconclusive.FAIL && failsUnlessAborted();
        return new Ruling.Unmeasured(subject, text(subject, why, fails), why, fails);
    }

    Ruling nothingSeen(Subject subject, String message, boolean wanted) {
        return new Ruling.NothingSeen(subject, message, wanted && isFailing());
    }

    private boolean failsUnlessAborted() {
        return isFailing() && outcome != TestResult.ABORTED;
    }

    private boolean isFailing() {
        return settings.mode() != Mode.WARN;
    }

    private static String text(Subject subject, TrackerException why, boolean fails) {
        return why.asked().isEmpty()
                ? subject.name() + " could not be checked: " + why.getMessage()
                : InconclusiveText.render(
                        new Inconclusive(
                                subject,
                                why.reason(),
                                why.asked().orElse(""),
                                why.found().orElse(""),
                                why.remedy().orElse("")),
                        fails);
    }
}

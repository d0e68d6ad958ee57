package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.runreport.RunRecorder;
import io.github.ttmemorycheck.internal.runreport.RunSetting;
import io.github.ttmemorycheck.internal.runreport.SessionReports;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Decides whether a run is reported: one of the launcher always is; one of JUnit's test kit, in which somebody tests tests,
 * only into a folder that is named for it, so that it never mixes with the report of the build.
 *
 * @param reports where the run is written
 * @param recorder what collects it
 */
record RecorderChoice(SessionReports reports, RunRecorder recorder) {

    /**
     * Makes the recorder of a run.
     *
     * @param first the first test or class of it that is checked
     * @param settings in force
     * @param inForce the same, for the report
     */
    static RecorderChoice of(ExtensionContext first, Settings settings, List<RunSetting> inForce) {
        Optional<SessionReports> session = RunReportListener.reports(first);
        boolean named = first.getConfigurationParameter(TtMemoryCheckSettings.REPORT_DIRECTORY)
                .isPresent();
        boolean on = settings.mode() != Mode.OFF && (session.isPresent() || named);
        SessionReports reports = session.orElseGet(SessionReports::withoutSession);
        RunRecorder recorder = new RunRecorder(on, InstantSource.system().instant(), inForce);
        if (on) {
            reports.opened(recorder, settings.reportDirectory());
        }
        return new RecorderChoice(reports, recorder);
    }
}

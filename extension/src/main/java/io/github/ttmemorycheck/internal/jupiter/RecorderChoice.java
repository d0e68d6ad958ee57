package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.runreport.RunRecorder;
import io.github.ttmemorycheck.internal.runreport.RunSetting;
import io.github.ttmemorycheck.internal.settings.Mode;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.settings.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Decides whether a run is reported: one of the launcher always is; one of JUnit's test kit, in which somebody tests tests,
 * only into a folder that is named for it, so that it never mixes with the report of the build.
 */
final class RecorderChoice {

    private RecorderChoice() {}

    /**
     * Makes the recorder of a run.
     *
     * @param first the first test or class of it that is checked
     * @param settings in force
     */
    static RunRecorder of(ExtensionContext first, Settings settings) {
        boolean planned = RunReports.OF_THIS_JVM.isPlanned(outermost(first).getUniqueId());
        boolean named =
                first.getConfigurationParameter(SettingKeys.REPORT_DIRECTORY).isPresent();
        boolean on = settings.mode() != Mode.OFF && (planned || named);
        RunRecorder recorder =
                new RunRecorder(on, planned, InstantSource.system().instant(), inForce(settings));
        if (on) {
            RunReports.OF_THIS_JVM.opened(recorder, settings.reportDirectory());
        }
        return recorder;
    }

    private static List<RunSetting> inForce(Settings settings) {
        return settings.inForce().stream()
                .map(setting -> new RunSetting(setting.key(), setting.value(), setting.origin()))
                .toList();
    }

    /** The class below the engine: tests that a template makes come later than the plan. */
    private static ExtensionContext outermost(ExtensionContext context) {
        ExtensionContext at = context;
        Optional<ExtensionContext> above = at.getParent();
        while (above.isPresent() && above.get().getParent().isPresent()) {
            at = above.get();
            above = at.getParent();
        }
        return at;
    }
}

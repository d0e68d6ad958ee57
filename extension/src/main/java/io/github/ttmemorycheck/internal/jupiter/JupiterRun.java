package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.baseline.BaselineFileException;
import io.github.ttmemorycheck.internal.check.Ruling;
import io.github.ttmemorycheck.internal.check.Run;
import io.github.ttmemorycheck.internal.check.Session;
import io.github.ttmemorycheck.internal.runreport.RunRecorder;
import io.github.ttmemorycheck.internal.runreport.SessionReports;
import io.github.ttmemorycheck.internal.settings.Mode;
import io.github.ttmemorycheck.internal.settings.SettingException;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.settings.Settings;
import io.github.ttmemorycheck.internal.settings.SettingsReader;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A run with what it needs of JUnit, kept in the store of the engine and closed with it. */
record JupiterRun(Run run, DeviceFinder devices, SessionReports reports) implements AutoCloseable {

    /**
     * Returns the run of a test or class, opened by the first one that is checked.
     *
     * @throws ExtensionConfigurationException when a setting, or the file of recorded baselines, is not allowed
     */
    static JupiterRun of(ExtensionContext context) {
        return ContextStore.keep(context.getRoot(), "run", JupiterRun.class, () -> open(context));
    }

    /** Finds the run, if one is open. */
    static Optional<JupiterRun> find(ExtensionContext context) {
        return ContextStore.find(context.getRoot(), "run", JupiterRun.class);
    }

    private static JupiterRun open(ExtensionContext context) {
        return configured(() -> {
            Optional<SessionState> session = SessionState.of(context);
            Settings settings = SettingsReader.read(new ContextSettings(context::getConfigurationParameter, session));
            SessionReports reports = session.map(SessionState::reports).orElseGet(SessionReports::withoutSession);
            RunRecorder recorder = new RunRecorder(
                    isReported(context, settings, session.isPresent()),
                    InstantSource.system().instant(),
                    settings.inForce());
            if (recorder.isOn()) {
                reports.opened(recorder, settings.reportDirectory());
            }
            Session shared = session.map(SessionState::shared).orElseGet(Session::notLaunched);
            Run run = new Run(settings, shared, recorder, record -> reports.closed(recorder, record));
            return new JupiterRun(run, new DeviceFinder(run.log()), reports);
        });
    }

    /**
     * Whether a run is reported: one of the launcher always is; one of JUnit's test kit, in which somebody tests tests,
     * only into a folder that is named for it, so that it never mixes with the report of the build.
     */
    private static boolean isReported(ExtensionContext context, Settings settings, boolean launched) {
        return settings.mode() != Mode.OFF
                && (launched
                        || context.getConfigurationParameter(SettingKeys.REPORT_DIRECTORY)
                                .isPresent());
    }

    /** Returns whether nothing is checked. */
    boolean isOff() {
        return run.settings().mode() == Mode.OFF;
    }

    /** Notes a ruling in the report of the run, and on GitHub where its workflow runs the tests. */
    void report(Ruling ruling) {
        run.recorder().failed(ruling.subject(), ruling.kind(), ruling.message(), ruling.leak(), ruling.fails());
        reports.annotate(ruling.subject(), ruling.kind(), ruling.message(), ruling.fails());
    }

    @Override
    public void close() {
        configured(() -> {
            run.close();
            return run;
        });
    }

    private static <T> T configured(Supplier<T> step) {
        try {
            return step.get();
        } catch (SettingException | BaselineFileException refused) {
            throw new ExtensionConfigurationException(String.valueOf(refused.getMessage()), refused);
        }
    }
}

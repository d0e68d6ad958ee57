package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.jupiter.ForeignTests.Foreign;
import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.runreport.Failure;
import io.github.ttmemorycheck.internal.runreport.LedgerEnd;
import io.github.ttmemorycheck.internal.runreport.RunRecorder;
import io.github.ttmemorycheck.internal.settings.Idle;
import io.github.ttmemorycheck.internal.settings.Mode;
import io.github.ttmemorycheck.internal.settings.SettingException;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.settings.Settings;
import io.github.ttmemorycheck.internal.settings.SettingsReader;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says at the end of a plan which annotated tests were not checked, since another engine ran them. */
final class ForeignReport {

    private static final String SUITES = "junit-platform-suite";

    private static final String CUCUMBER = "cucumber";

    private ForeignReport() {}

    static void write(List<Foreign> foreign, Function<String, Optional<String>> parameters, SessionState session) {
        try {
            Settings settings = SettingsReader.read(new ContextSettings(parameters, Optional.of(session)));
            write(foreign, session, settings);
        } catch (SettingException refused) {
            session.failAtEnd(String.valueOf(refused.getMessage()));
        }
    }

    private static void write(List<Foreign> foreign, SessionState session, Settings settings) {
        if (settings.mode() == Mode.OFF || settings.idle() == Idle.IGNORE) {
            return;
        }
        boolean fails = settings.mode() == Mode.FAIL && settings.idle() == Idle.FAIL;
        RunRecorder recorder = new RunRecorder(true, InstantSource.system().instant(), settings.inForce());
        session.reports().opened(recorder, settings.reportDirectory());
        for (Foreign found : foreign) {
            String message = message(found);
            recorder.failed(found.subject(), Failure.Kind.UNCHECKED, message, Optional.empty(), fails);
            session.reports().annotate(found.subject(), Failure.Kind.UNCHECKED, message, fails);
            if (fails) {
                session.failAtEnd(message);
            } else {
                Log.ofLibrary().warn(message);
            }
        }
        session.reports()
                .closed(
                        recorder,
                        recorder.record(true, "", List.of(), LedgerEnd.unknown("JUnit Jupiter ran none of it")));
    }

    private static String message(Foreign found) {
        List<String> engines = new ArrayList<>(List.of(found.engine()));
        if (!found.selectsJupiter()) {
            engines.addAll(found.selected());
        }
        String run = engines.size() == 1
                ? "the engine " + found.engine() + " runs it"
                : "the engines " + Wording.list(engines) + " run it";
        List<String> lines = new ArrayList<>(Wrapping.sentence(found.subject().name() + " was not checked: " + run
                + ", and only JUnit Jupiter honours @TtMemoryCheck"));
        lines.add("");
        lines.addAll(Wrapping.hanging(
                "  to fix:   ",
                fix(found) + "; " + SettingKeys.IDLE + "=ignore if it is to stand there without effect"));
        return String.join("\n", lines);
    }

    /** Says it in the words of the engine that is there: a feature has no classes that could be annotated. */
    private static String fix(Foreign found) {
        if (found.engine().equals(CUCUMBER) || found.selected().contains(CUCUMBER)) {
            return "check the scenarios by DeviceMemoryCheck in hooks of Cucumber, which calls no extension of JUnit"
                    + " Jupiter, and remove the annotation";
        }
        if (!found.engine().equals(SUITES) && found.selected().isEmpty()) {
            return "write its tests with org.junit.jupiter.api.Test, or check them by DeviceMemoryCheck and remove the"
                    + " annotation";
        }
        return found.selectsJupiter() || found.selected().isEmpty()
                ? "annotate the classes that the suite selects, which JUnit Jupiter runs; a suite runs no test itself"
                : "write the tests that the suite selects with org.junit.jupiter.api.Test, and annotate their classes,"
                        + " or check them by DeviceMemoryCheck; a suite runs no test itself";
    }
}

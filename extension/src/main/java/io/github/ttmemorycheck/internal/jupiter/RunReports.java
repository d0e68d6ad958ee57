package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.runreport.LedgerEnd;
import io.github.ttmemorycheck.internal.runreport.ReportFolder;
import io.github.ttmemorycheck.internal.runreport.RunRecord;
import io.github.ttmemorycheck.internal.runreport.RunRecorder;
import io.github.ttmemorycheck.internal.runreport.RunSummary;
import io.github.ttmemorycheck.internal.runreport.Tally;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Predicate;

/**
 * Writes the reports of all runs of this JVM. A run of the launcher writes its part when it ends, and the parts are joined,
 * and the summary said, when the launcher's session ends: a build tool may run hundreds of plans in a session. What has not
 * been joined when the JVM ends is joined then; a run that is cut off by that is written as far as it came.
 *
 * <p>JUnit's test kit has neither session nor reader: its run is joined at once, and nothing is said.
 *
 * <p>Thread-safe: the lock of this object guards everything but the plans.
 */
final class RunReports {

    /** Those of this JVM. */
    static final RunReports OF_THIS_JVM = new RunReports();

    private final Set<Predicate<String>> plans = new CopyOnWriteArraySet<>();
    private final Map<RunRecorder, Path> open = new LinkedHashMap<>();
    private final Map<Path, Tally.Builder> unsaid = new LinkedHashMap<>();
    private boolean hooked;
    private int runs;

    private RunReports() {}

    /** Notes that the launcher runs a plan, which holds the tests with certain ids. */
    void begin(Predicate<String> plan) {
        plans.add(plan);
    }

    void end(Predicate<String> plan) {
        plans.remove(plan);
    }

    /** Tells whether a test or class belongs to a plan that the launcher runs now. */
    boolean isPlanned(String id) {
        return plans.stream().anyMatch(plan -> plan.test(id));
    }

    /** Notes that a run has begun that writes a report. */
    synchronized void opened(RunRecorder recorder, Path directory) {
        open.put(recorder, directory);
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(this::atExit, "tt-memory-check-report"));
        }
    }

    /** Writes a run that has ended. */
    synchronized void closed(RunRecorder recorder, RunRecord run) {
        Path directory = open.remove(recorder);
        if (directory == null || !run.saysSomething()) {
            return;
        }
        write(directory, run);
        if (recorder.isPlanned()) {
            unsaid.computeIfAbsent(directory, unseen -> Tally.builder()).add(run);
        } else {
            join(directory);
        }
    }

    /** Joins what was written, and says what came of it. */
    synchronized void sessionClosed() {
        if (unsaid.isEmpty()) {
            return;
        }
        unsaid.forEach((directory, builder) -> {
            Optional<ReportFolder.Joined> joined = join(directory);
            Tally own = builder.build();
            List<String> lines = RunSummary.lines(
                    own,
                    joined.map(ReportFolder.Joined::all).orElse(own),
                    joined.map(to -> to.page()
                                    .toAbsolutePath()
                                    .normalize()
                                    .toUri()
                                    .toString())
                            .orElse(""));
            log().answer(String.join(System.lineSeparator(), lines));
            GitHub.OF_THIS_JVM.summarize(lines);
        });
        unsaid.clear();
    }

    private synchronized void atExit() {
        open.forEach((recorder, directory) -> {
            RunRecord run = recorder.record(
                    false,
                    "",
                    List.of(),
                    LedgerEnd.unknown("the run was ended from outside before its tests had ended"));
            if (run.saysSomething()) {
                write(directory, run);
                unsaid.computeIfAbsent(directory, unseen -> Tally.builder()).add(run);
            }
        });
        open.clear();
        unsaid.keySet().forEach(this::join);
    }

    private void write(Path directory, RunRecord run) {
        try {
            new ReportFolder(directory, InstantSource.system()).write(run, ++runs);
        } catch (IOException | RuntimeException failed) {
            warn(directory, failed);
        }
    }

    private Optional<ReportFolder.Joined> join(Path directory) {
        try {
            return new ReportFolder(directory, InstantSource.system()).join();
        } catch (IOException | RuntimeException failed) {
            warn(directory, failed);
            return Optional.empty();
        }
    }

    /** Looked for only when there is something to say: a run without an annotated test loads no logging. */
    private static Log log() {
        return Log.of("io.github.ttmemorycheck");
    }

    /** What cannot be written changes no verdict. */
    private void warn(Path directory, Exception failed) {
        log().warn(
                        "the report of the run could not be written to " + directory + "; set "
                                + SettingKeys.REPORT_DIRECTORY + " to a folder that can be written",
                        failed);
    }
}

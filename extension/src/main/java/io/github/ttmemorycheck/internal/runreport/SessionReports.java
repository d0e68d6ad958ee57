package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.report.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes the reports of all runs in one session of the launcher. A run writes its part when it ends; the parts are
 * joined, and the summary is logged, when the session ends: a build tool may run hundreds of plans in a session. When
 * the JVM is ended from outside, a run that is cut off is written as far as it came, and what has not been joined is
 * joined.
 *
 * <p>A run of JUnit's test kit, in which somebody tests tests, has neither session nor reader: its part is joined at
 * once, and nothing is logged or printed.
 *
 * <p>Thread-safe: the lock of this object guards everything.
 */
public final class SessionReports implements AutoCloseable {

    /** Numbers the runs of this JVM, of whichever session. */
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final boolean hasReader;
    private final ToIntBiFunction<Path, List<String>> session;
    private final GitHubWorkflow github =
            new GitHubWorkflow(System.getenv(), Path.of("").toAbsolutePath());
    private final Set<Annotation> annotated = new HashSet<>();
    private final Map<RunRecorder, Path> open = new LinkedHashMap<>();
    private final Map<Path, Tally.Builder> written = new LinkedHashMap<>();
    private @Nullable Thread atExit;

    /** Equal for what is wrong with one test or class, however often it is run. */
    private record Annotation(Subject subject, Failure.Kind kind) {}

    private SessionReports(boolean hasReader) {
        this.hasReader = hasReader;
        this.session = this::add;
    }

    private SessionReports(ToIntBiFunction<Path, List<String>> session) {
        this.hasReader = true;
        this.session = session;
    }

    /** Makes the reports of a session of the launcher. */
    public static SessionReports ofSession() {
        return new SessionReports(true);
    }

    /**
     * Makes the reports of checks that run in a session of others: those join the parts, and log the summary.
     *
     * @param session adds to the others as {@link #add} does
     */
    public static SessionReports within(ToIntBiFunction<Path, List<String>> session) {
        return new SessionReports(session);
    }

    /** Makes the report of a single run, without a session. */
    public static SessionReports withoutSession() {
        return new SessionReports(false);
    }

    /** Notes that a run has begun that writes a report. */
    public synchronized void opened(RunRecorder recorder, Path directory) {
        open.put(recorder, directory);
        if (atExit == null) {
            atExit = new Thread(this::cutOff, "tt-memory-check-report");
            Runtime.getRuntime().addShutdownHook(atExit);
        }
    }

    /**
     * Annotates a test or class that did not pass the check, where GitHub shows what the session prints; once, also
     * where a build tool runs it again.
     */
    public synchronized void annotate(Subject subject, Failure.Kind kind, String message, boolean fails) {
        if (hasReader && annotated.add(new Annotation(subject, kind))) {
            github.annotate(subject, message, fails);
        }
    }

    /** Writes a run that has ended; one that was not opened, or has nothing to say, is left out. */
    public synchronized void closed(RunRecorder recorder, RunRecord run) {
        Path directory = open.remove(recorder);
        if (directory != null) {
            write(directory, run);
        }
        if (!hasReader) {
            close();
        }
    }

    /** Ends the session: joins what was written, and logs what came of it. */
    @Override
    public synchronized void close() {
        written.forEach((directory, builder) -> {
            Optional<ReportFolder.Joined> joined = join(directory);
            if (hasReader) {
                say(builder.build(), joined);
            }
        });
        written.clear();
        if (atExit != null && open.isEmpty()) {
            forget(atExit);
            atExit = null;
        }
    }

    private void say(Tally own, Optional<ReportFolder.Joined> joined) {
        List<String> lines = RunSummary.lines(
                own,
                joined.map(ReportFolder.Joined::all).orElse(own),
                joined.map(to -> to.page().toAbsolutePath().normalize().toUri().toString())
                        .orElse(""));
        log().answer(String.join(System.lineSeparator(), lines));
        github.summarize(lines);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already, and finds nothing open.
        }
    }

    private synchronized void cutOff() {
        LedgerEnd unknown = LedgerEnd.unknown("the run was ended from outside before its tests had ended");
        open.forEach((recorder, directory) -> write(directory, recorder.record(false, "", List.of(), unknown)));
        open.clear();
        written.keySet().forEach(this::join);
    }

    /** Counts a run in, whose part is being written to a folder, and returns its number in this JVM. */
    public synchronized int add(Path directory, List<String> index) {
        written.computeIfAbsent(directory, unseen -> new Tally.Builder()).add(index);
        return RUNS.incrementAndGet();
    }

    private void write(Path directory, RunRecord run) {
        if (!run.saysSomething()) {
            return;
        }
        int number = session.applyAsInt(directory, RunIndex.lines(run));
        try {
            new ReportFolder(directory, InstantSource.system()).write(run, number);
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

    /** What cannot be written changes no verdict. */
    private static void warn(Path directory, Exception failed) {
        log().warn(
                        "the report of the run could not be written to " + directory + "; set "
                                + SettingKeys.REPORT_DIRECTORY + " to a folder that can be written",
                        failed);
    }

    /** Looked for only when there is something to say: a run without an annotated test loads no logging. */
    private static Log log() {
        return Log.ofLibrary();
    }
}

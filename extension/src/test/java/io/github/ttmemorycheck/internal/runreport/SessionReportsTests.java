package io.github.ttmemorycheck.internal.runreport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionReportsTests {

    @TempDir
    Path directory;

    private void run(SessionReports reports, String test) {
        RunRecorder recorder = new RunRecorder(true, Records.STARTED, List.of());
        reports.opened(recorder, directory);
        recorder.add(Records.check(test, Verdict.CLEAN, 0));
        reports.closed(recorder, recorder.record(true, "", List.of(), LedgerEnd.unknown("nobody asked")));
    }

    private List<String> tests() throws IOException {
        return ReportSchema.read(directory.resolve("report.json"))
                .get("runs")
                .valueStream()
                .map(run -> run.at("/checks/0/name").asString())
                .toList();
    }

    @Test
    void the_runs_of_a_session_are_joined_when_it_ends() throws IOException {
        SessionReports session = SessionReports.ofSession();
        run(session, "first");
        run(session, "second");
        assertThat(directory.resolve("report.json")).doesNotExist();

        session.close();
        session.close();
        assertThat(tests()).containsExactly("first", "second");
    }

    @Test
    void a_run_without_a_session_is_joined_at_once() throws IOException {
        run(SessionReports.withoutSession(), "first");
        assertThat(tests()).containsExactly("first");

        run(SessionReports.withoutSession(), "second");
        assertThat(tests()).containsExactly("first", "second");
    }

    @Test
    void a_run_that_checked_nothing_is_left_out() {
        SessionReports reports = SessionReports.withoutSession();
        RunRecorder recorder = new RunRecorder(true, Records.STARTED, List.of());
        reports.opened(recorder, directory);
        reports.closed(recorder, recorder.record(true, "", List.of(), LedgerEnd.unknown("nobody asked")));

        assertThat(directory).isEmptyDirectory();
    }
}

package io.github.ttmemorycheck.internal.runreport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.runreport.BuildProcess.Kind;
import io.github.ttmemorycheck.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ReportFolderTests {

    private static final InstantSource CLOCK = InstantSource.fixed(Records.STARTED);

    /** No process has this number. */
    private static final long NOBODY = 0x7fff_fff0L;

    @TempDir
    Path directory;

    private static BuildProcess alive(Kind kind) {
        return new BuildProcess(kind, ProcessHandle.current().pid(), BuildProcess.startMillis(ProcessHandle.current()));
    }

    private ReportFolder folder(BuildProcess build) {
        return new ReportFolder(directory, build, CLOCK);
    }

    private ReportFolder folder() {
        return folder(alive(Kind.TOOL));
    }

    private static RunRecord run(long pid, String test) {
        return Records.run(pid, List.of(Records.check(test, Verdict.CLEAN, 0)), List.of());
    }

    private JsonNode report() throws IOException {
        return ReportSchema.read(directory.resolve("report.json"));
    }

    private List<String> tests() throws IOException {
        return report().get("runs")
                .valueStream()
                .flatMap(run -> run.get("checks").valueStream())
                .map(check -> check.get("name").asString())
                .toList();
    }

    @Test
    void a_report_with_everything_in_it_is_as_the_schema_says() throws IOException {
        folder().write(Records.full(), 1);
        folder().join();

        JsonNode run = report().get("runs").get(0);
        assertThat(run.at("/checks/0/name").asString()).isEqualTo(Records.ODD);
        assertThat(run.at("/checks/0/cache/uncounted").asInt()).isEqualTo(1);
        assertThat(run.at("/checks/0/after/0").toString())
                .isEqualTo("{\"devices\":[[0,1],[3,3]],\"kind\":\"DRAM\",\"bytes\":36864}");
        assertThat(run.at("/failures/0/leak/buffers/0/size").toString()).isEqualTo("18446744073709551615");
        assertThat(run.at("/failures/0/leak/dump").asString()).isEqualTo("odd name.dump.txt");
    }

    @Test
    void the_page_holds_the_data_and_no_text_of_it_ends_its_element() throws IOException {
        folder().write(Records.full(), 1);
        folder().join();

        String page = Files.readString(directory.resolve("index.html"));
        assertThat(page)
                .contains(Files.readString(directory.resolve("report.json")))
                .containsOnlyOnce("<script type=\"application/json\"")
                .doesNotContain("@@")
                .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)");
        assertThat(page.split("</script>", -1)).hasSize(3);
    }

    @Test
    void the_runs_of_several_processes_are_joined() throws IOException {
        folder().write(run(12, "second"), 2);
        folder().write(run(11, "first"), 1);

        Tally all = folder().join().orElseThrow().all();
        assertThat(tests()).containsExactly("first", "second");
        assertThat(all.of(Count.TESTS)).isEqualTo(2);
        assertThat(all.processes()).isEqualTo(2);
    }

    @Test
    void a_run_written_again_replaces_itself() throws IOException {
        folder().write(run(11, "half"), 1);
        folder().write(run(11, "whole"), 1);
        folder().join();

        assertThat(tests()).containsExactly("whole");
    }

    @Test
    void the_parts_of_a_build_that_has_ended_are_left_out_and_deleted() throws IOException {
        BuildProcess ended = new BuildProcess(Kind.TOOL, NOBODY, 1);
        folder(ended).write(run(11, "old"), 1);
        folder(ended).join();
        folder().write(run(12, "new"), 1);
        folder().join();

        assertThat(tests()).containsExactly("new");
        assertThat(directory.resolve("parts").resolve(ended.key())).doesNotExist();
    }

    @Test
    void the_parts_of_a_build_that_goes_on_are_left_out_and_kept() throws IOException {
        folder(alive(Kind.ITSELF)).write(run(11, "other"), 1);
        folder().write(run(12, "own"), 1);
        folder().join();

        assertThat(tests()).containsExactly("own");
        assertThat(directory.resolve("parts").resolve(alive(Kind.ITSELF).key())).isNotEmptyDirectory();
    }

    @Test
    void builds_of_one_daemon_are_told_apart_by_time() throws IOException {
        BuildProcess daemon = new BuildProcess(Kind.DAEMON, NOBODY, 1);
        folder(daemon).write(run(NOBODY, "first"), 1);
        Path first = directory.resolve("parts").resolve(daemon.key() + "-0");
        for (Path file : files(first)) {
            // Its writer has ended.
            Files.move(file, first.resolve(NOBODY + "-1-1." + file.toString().replaceAll(".*\\.", "")));
        }
        Instant soon = Records.STARTED.minus(Duration.ofSeconds(20));
        Files.setLastModifiedTime(first, FileTime.from(soon));
        folder(daemon).write(run(12, "fork of the same build"), 2);
        folder(daemon).join();
        assertThat(tests()).containsExactlyInAnyOrder("first", "fork of the same build");

        for (Path file : files(first)) {
            Files.delete(file);
        }
        Files.setLastModifiedTime(first, FileTime.from(Records.STARTED.minus(Duration.ofMinutes(2))));
        folder(daemon).write(run(13, "next build"), 3);
        folder(daemon).join();
        assertThat(tests()).containsExactly("next build");
        assertThat(first).doesNotExist();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void half_a_part_is_left_out() throws IOException {
        folder().write(run(11, "whole"), 1);
        Path parts = directory.resolve("parts").resolve(alive(Kind.TOOL).key());
        Files.writeString(parts.resolve("12-1-1.json"), "{\"pid\":");
        Files.writeString(parts.resolve("13-1-1.json.tmp"), "{\"pid\":");
        folder().join();

        assertThat(tests()).containsExactly("whole");
    }

    @Test
    void an_interrupted_thread_writes_and_stays_interrupted() throws IOException {
        Thread.currentThread().interrupt();
        try {
            folder().write(run(11, "a"), 1);
            folder().join();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(tests()).containsExactly("a");
    }

    @Test
    void nothing_is_made_where_nothing_was_written() throws IOException {
        assertThat(new ReportFolder(directory.resolve("gone"), alive(Kind.TOOL), CLOCK).join())
                .isEmpty();
        assertThat(directory.resolve("gone")).doesNotExist();
    }
}

package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every sample on every tracker, and holds what became of it against the table in {@code docs/trackers.md}. The
 * table as it should be is written to {@code target/trackers-table.md}, to be read, and copied where a verdict has
 * changed for the better.
 */
class TrackerTableTests {

    private static final Path PAGE = Path.of("..", "docs", "trackers.md");
    private static final Path PRINTED = Path.of("target", "trackers-table.md");
    private static final String BEGIN = "| sample | embedded |";
    private static final String SAME = "same";

    @TempDir
    Path directory;

    private TrackerRun run(String title, String tracker, TrackerRun.Server server) {
        return new TrackerRun(title, tracker, server, directory.resolve(title.replaceAll("\\W+", "")));
    }

    @Test
    @Timeout(600)
    void every_sample_has_the_verdict_of_the_documented_table_on_every_tracker() throws Exception {
        List<TrackerRun> runs = List.of(
                run("embedded", "embedded", TrackerRun.Server.NONE),
                run("server, ours", "server", TrackerRun.Server.OURS),
                run("server, third-party", "server", TrackerRun.Server.THIRD_PARTY),
                run("shm", "shm", TrackerRun.Server.NONE),
                run("device", "device", TrackerRun.Server.NONE));
        List<String> table = table(runs, verdicts(runs));
        Files.write(PRINTED, table);

        assertThat(String.join("\n", documented()))
                .as("the table of %s; what it should be is in %s", PAGE, PRINTED)
                .isEqualTo(String.join("\n", table));
    }

    /** All at once: most of their time is waiting for what does not come. */
    private static List<Map<String, String>> verdicts(List<TrackerRun> runs) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(runs.size());
        try {
            List<Map<String, String>> verdicts = new ArrayList<>();
            for (Future<Map<String, String>> run : threads.invokeAll(runs)) {
                verdicts.add(run.get());
            }
            return verdicts;
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * A row for each sample that fails somewhere, with the first column's verdict, and the others' where they differ.
     */
    private static List<String> table(List<TrackerRun> runs, List<Map<String, String>> verdicts) {
        List<String> table = new ArrayList<>();
        table.add("| sample | "
                + String.join(" | ", runs.stream().map(TrackerRun::title).toList()) + " |");
        table.add("|---".repeat(runs.size() + 1) + "|");
        int passing = 0;
        for (String sample : verdicts.get(0).keySet()) {
            List<String> row = new ArrayList<>();
            for (Map<String, String> column : verdicts) {
                String verdict = String.valueOf(column.get(sample));
                row.add(!row.isEmpty() && verdict.equals(verdicts.get(0).get(sample)) ? SAME : cell(verdict));
            }
            if (row.get(0).equals(SampleVerdicts.PASSES) && row.stream().skip(1).allMatch(SAME::equals)) {
                passing++;
            } else {
                table.add("| `" + sample + "` | " + String.join(" | ", row) + " |");
            }
        }
        table.add("| the other " + passing + " | " + SampleVerdicts.PASSES + " |"
                + (" " + SAME + " |").repeat(runs.size() - 1));
        return table;
    }

    private static String cell(String verdict) {
        return verdict.replace("|", "\\|").replace("<", "&lt;");
    }

    private static List<String> documented() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        int begin = 0;
        while (begin < page.size() && !page.get(begin).startsWith(BEGIN)) {
            begin++;
        }
        return page.subList(begin, page.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}

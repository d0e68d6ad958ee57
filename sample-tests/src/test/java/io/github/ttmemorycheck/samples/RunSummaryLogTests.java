package io.github.ttmemorycheck.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said at the end of a run. Not for parallel runs: what is logged is taken from the standard error stream. */
@Timeout(60)
class RunSummaryLogTests {

    @Test
    void the_summary_is_as_in_its_golden_file() throws IOException {
        PrintStream error = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            ReportedRun.into(
                    Path.of("target", "report-summary"),
                    List.of(
                            IdleLogTests.class,
                            KnownLeakUsedTests.class,
                            LateReleaseTests.class,
                            OneDeviceLeakTests.class,
                            ProgramCacheTests.class));
        } finally {
            System.setErr(error);
        }
        String summary = logged.toString(StandardCharsets.UTF_8)
                .lines()
                .dropWhile(line -> !line.startsWith("INFO device memory: "))
                .map(line -> line.replaceAll("<?[\\d.]+ (ms|s)\\b", "<time>")
                        .replace("target/report-summary/", "target/tt-memory-check/"))
                .collect(Collectors.joining("\n", "", "\n"));
        Golden.check("logs/RunSummary.txt", VolatileText.normalized(summary));
    }
}

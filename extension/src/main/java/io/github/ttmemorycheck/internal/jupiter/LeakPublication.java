package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Publishes a leak through JUnit, for the tools that listen to it: an entry of keys and values, and a folder with the
 * message and the dump. Only a test that fails pays for it.
 */
final class LeakPublication {

    private static final String FOLDER = "tt-memory-check";

    private LeakPublication() {}

    static void publish(ExtensionContext context, LeakReport leak, String message, Log log) {
        try {
            context.publishReportEntry(entry(leak, message));
        } catch (RuntimeException refused) {
            log.debug(() -> "the leak was not published as a report entry: " + refused);
        }
        try {
            context.publishDirectory(FOLDER, folder -> {
                Files.writeString(folder.resolve("leak.txt"), message + "\n");
                if (!leak.dump().isEmpty()) {
                    Files.copy(Path.of(leak.dump()), folder.resolve("dump.txt"));
                }
            });
        } catch (RuntimeException refused) {
            // JUnit's test kit has no folder for it, and says so in this way.
            log.debug(() -> "the leak was not published as a folder: " + refused);
        }
    }

    private static Map<String, String> entry(LeakReport leak, String message) {
        List<Finding> failing = leak.findings().stream()
                .filter(finding -> finding.verdict().fails())
                .toList();
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("tt-memory-check.leak", Wrapping.firstSentence(message));
        entry.put(
                "tt-memory-check.verdict",
                words(failing, finding -> finding.verdict().label()));
        entry.put("tt-memory-check.devices", words(failing, finding -> Integer.toString(finding.device())));
        entry.put(
                "tt-memory-check.kinds",
                words(failing, finding -> finding.kind().name()));
        entry.put(
                "tt-memory-check.bytes",
                Long.toString(ByteSize.sum(failing.stream().mapToLong(Finding::left))));
        entry.put("tt-memory-check.fingerprint", leak.fingerprint());
        entry.put("tt-memory-check.dump", leak.dump());
        // JUnit refuses blank values.
        entry.values().removeIf(String::isBlank);
        return entry;
    }

    private static String words(List<Finding> findings, Function<Finding, String> word) {
        return findings.stream().map(word).distinct().collect(Collectors.joining(", "));
    }
}

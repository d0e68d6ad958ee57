package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Ruling;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Carries out what is ruled of a test or class: fails it, or only warns. */
record Delivery(LeakErrors leakErrors) {

    private static final String FOLDER = "tt-memory-check";

    /**
     * Carries out rulings in their order; the first by which the subject fails is thrown, and ends it.
     *
     * @param publisher through whom JUnit publishes a leak
     */
    void carryOut(JupiterRun run, Optional<ExtensionContext> publisher, List<Ruling> rulings) {
        for (Ruling ruling : rulings) {
            run.report(ruling);
            if (ruling.fails()) {
                ruling.leak()
                        .ifPresent(leak -> publisher.ifPresent(by ->
                                publish(by, leak, ruling.message(), run.run().log())));
                throw leakErrors.of(ruling);
            }
            run.run().log().warn(ruling.message());
        }
    }

    /** Publishes a leak for tools that listen to JUnit: keys and values, and a folder with the message and the dump. */
    private static void publish(ExtensionContext context, LeakReport leak, String message, Log log) {
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

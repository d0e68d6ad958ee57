package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.runreport.SourceLine;
import io.github.ttmemorycheck.internal.runreport.WorkflowCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tells GitHub about leaks where the tests run in one of its workflows: a line on the standard output for each leaking test,
 * which GitHub shows at the test's source, and the summary of the run in the summary of the step. The standard output is the
 * only way to an annotation; nothing else that runs beside tests prints there.
 *
 * <p>Thread-safe: it keeps nothing but what it is told.
 */
public final class GitHub {

    /** The one that this JVM runs in, if it does. */
    static final GitHub OF_THIS_JVM = new GitHub(System.getenv());

    private static final int LONGEST_MESSAGE = 4_000;

    private final boolean there;
    private final String stepSummary;
    private final Path workspace;

    GitHub(Map<String, String> environment) {
        this.there = "true".equals(environment.get("GITHUB_ACTIONS"));
        this.stepSummary = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
        this.workspace = Path.of(environment.getOrDefault("GITHUB_WORKSPACE", ""));
    }

    /** Annotates a test or class that was told something. */
    void annotate(ExtensionContext context, String name, String message, boolean fails) {
        if (there) {
            System.out.println(line(context, name, message, fails));
        }
    }

    String line(ExtensionContext context, String name, String message, boolean fails) {
        String method = context.getTestMethod().map(found -> found.getName()).orElse("");
        return WorkflowCommand.annotation(
                fails ? "error" : "warning",
                context.getTestClass()
                        .flatMap(type ->
                                SourceLine.find(type, method, Path.of("").toAbsolutePath())),
                workspace.toAbsolutePath(),
                "Device memory: " + name,
                message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + " ...");
    }

    /** Adds the summary of a run to the summary of the step. */
    void summarize(List<String> lines) {
        if (!there || stepSummary.isEmpty()) {
            return;
        }
        List<String> text = new ArrayList<>(List.of("```text"));
        lines.forEach(line -> text.add(line.replace("```", "'''")));
        text.add("```");
        try {
            Files.write(Path.of(stepSummary), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException | RuntimeException unwritable) {
            // The same lines have been logged; a step without a summary is no reason to say more.
            return;
        }
    }
}

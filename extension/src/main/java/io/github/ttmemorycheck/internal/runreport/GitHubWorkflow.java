package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Annotates leaking tests where the tests run in a GitHub workflow: GitHub reads a line of the standard output, which is the
 * only way to it, and shows it at the test's source. The summary of the run goes into the summary of the step.
 *
 * <p>Immutable.
 */
final class GitHubWorkflow {

    private static final int LONGEST_MESSAGE = 4_000;

    private static final List<String> EXTENSIONS = List.of(".java", ".kt", ".groovy");

    private final boolean there;
    private final String stepSummary;
    private final Path workspace;
    private final Path module;

    GitHubWorkflow(Map<String, String> environment) {
        this(environment, Path.of("").toAbsolutePath());
    }

    /** The module is the folder whose {@code src} holds the tests. */
    GitHubWorkflow(Map<String, String> environment, Path module) {
        this.there = "true".equals(environment.get("GITHUB_ACTIONS"));
        this.stepSummary = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
        this.workspace =
                Path.of(environment.getOrDefault("GITHUB_WORKSPACE", "")).toAbsolutePath();
        this.module = module;
    }

    void annotate(Subject subject, String message, boolean fails) {
        if (there) {
            System.out.println(command(subject, message, fails));
        }
    }

    /** A command is one line; what would end it, or one of its properties, is written as a percent sign and two digits. */
    String command(Subject subject, String message, boolean fails) {
        String text = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + " ...";
        return (fails ? "::error " : "::warning ") + place(subject) + "title="
                + property("Device memory: " + subject.name()) + "::" + data(text);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    private String place(Subject subject) {
        try {
            Optional<Path> source =
                    source(subject.className().replaceFirst("\\$.*", "").replace('.', '/'));
            return source.isEmpty() ? "" : place(source.get(), subject);
        } catch (IOException | UncheckedIOException unreadable) {
            return "";
        }
    }

    private String place(Path source, Subject subject) throws IOException {
        Path shown = source.startsWith(workspace) ? workspace.relativize(source) : source;
        return "file=" + property(shown.toString()) + ",line=" + line(Files.readAllLines(source), subject) + ",";
    }

    /** Looks where build tools keep sources, {@code src/<any>/java} and the like: a class does not know its source. */
    private Optional<Path> source(String type) throws IOException {
        try (Stream<Path> roots = Files.find(module.resolve("src"), 2, (file, is) -> is.isDirectory())) {
            return roots.sorted()
                    .flatMap(root -> EXTENSIONS.stream().map(extension -> root.resolve(type + extension)))
                    .filter(Files::isRegularFile)
                    .findFirst();
        }
    }

    /** The number of the line on which the method is declared, or else its class, or 1. */
    private static int line(List<String> lines, Subject subject) {
        String type = subject.className().replaceFirst(".*[.$]", "");
        int ofClass = Math.max(0, find(lines, 0, "\\b(class|record|interface)\\s+" + Pattern.quote(type) + "\\b"));
        String method = subject.method().replaceFirst("\\([^(]*$", "");
        // A method that is called on nothing mostly stands below its declaration.
        int ofMethod = find(lines, ofClass, "(?<![.\\w$])`?" + Pattern.quote(method) + "`?\\s*\\(");
        return 1 + (method.isEmpty() ? ofClass : Math.max(ofClass, ofMethod));
    }

    private static int find(List<String> lines, int from, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        for (int i = from; i < lines.size(); i++) {
            if (wanted.matcher(lines.get(i)).find()) {
                return i;
            }
        }
        return -1;
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
            // The same lines are logged; a step without a summary is no reason to say more.
            return;
        }
    }
}

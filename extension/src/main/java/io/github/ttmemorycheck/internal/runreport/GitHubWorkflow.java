package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Annotates leaking tests where the tests run in a GitHub workflow: GitHub reads a line of the standard output, which
 * is the only way to it, and shows it at the test's source. The summary of the run goes into the summary of the step.
 *
 * @param module the folder whose {@code src} holds the tests
 */
record GitHubWorkflow(Map<String, String> environment, Path module) {

    private static final int LONGEST_MESSAGE = 4_000;

    private static final List<String> EXTENSIONS = List.of(".java", ".kt", ".groovy");

    void annotate(Subject subject, String message, boolean fails) {
        if (isThere()) {
            System.out.println(command(subject, message, fails));
        }
    }

    private boolean isThere() {
        return "true".equals(environment.get("GITHUB_ACTIONS"));
    }

    /**
     * A command is one line; what would end it, or one of its properties, is written as a percent sign and two digits.
     */
    String command(Subject subject, String message, boolean fails) {
        String text = message.length() <= LONGEST_MESSAGE ? message : beginning(message);
        return (fails ? "::error " : "::warning ") + place(subject) + "title="
                + property("Device memory: " + subject.name()) + "::" + data(text);
    }

    /** Returns as many whole lines as there is room for, so that no figure is cut; of a single line, whole words. */
    private static String beginning(String message) {
        String cut = message.substring(0, LONGEST_MESSAGE + 1);
        int end = Math.max(cut.lastIndexOf('\n'), cut.indexOf('\n') < 0 ? cut.lastIndexOf(' ') : -1);
        return cut.substring(0, end < 0 ? LONGEST_MESSAGE : end) + " ...";
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    private String place(Subject subject) {
        Path workspace =
                Path.of(environment.getOrDefault("GITHUB_WORKSPACE", "")).toAbsolutePath();
        try {
            Optional<Path> source = source(subject.className().replaceFirst("\\$.*", ""));
            if (source.isPresent()) {
                Path file = source.get().startsWith(workspace) ? workspace.relativize(source.get()) : source.get();
                int line = line(Files.readAllLines(source.get()), subject);
                return "file=" + property(file.toString()) + ",line=" + line + ",";
            }
        } catch (IOException | UncheckedIOException unreadable) {
            // Without a place GitHub shows the annotation with the job.
        }
        return "";
    }

    /** Looks where build tools keep sources, {@code src/<any>/java} and the like: a class does not know its source. */
    private Optional<Path> source(String className) throws IOException {
        try (Stream<Path> roots = Files.find(module.resolve("src"), 2, (file, is) -> is.isDirectory())) {
            return roots.sorted()
                    .flatMap(root ->
                            EXTENSIONS.stream().map(extension -> root.resolve(className.replace('.', '/') + extension)))
                    .filter(Files::isRegularFile)
                    .findFirst();
        }
    }

    /**
     * The line on which the method is declared, or else its class, or the first. A call mostly follows the declaration.
     */
    private static int line(List<String> lines, Subject subject) {
        String type = Pattern.quote(subject.className().replaceFirst(".*[.$]", ""));
        String method = Pattern.quote(subject.method().replaceFirst("\\([^(]*$", ""));
        int ofClass =
                find(lines, 0, "\\b(class|record|interface)\\s+" + type + "\\b").orElse(0);
        return 1
                + (subject.method().isEmpty()
                        ? ofClass
                        : find(lines, ofClass, "(?<![.\\w$])`?" + method + "`?\\s*\\(")
                                .orElse(ofClass));
    }

    private static OptionalInt find(List<String> lines, int from, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return IntStream.range(from, lines.size())
                .filter(i -> wanted.matcher(lines.get(i)).find())
                .findFirst();
    }

    /** Adds the summary of a run to the summary of the step. */
    void summarize(List<String> lines) {
        String file = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
        if (isThere() && !file.isEmpty()) {
            String text = "```text\n" + String.join("\n", lines).replace("```", "'''") + "\n```\n";
            try {
                Files.writeString(Path.of(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException | RuntimeException unwritable) {
                // The same lines are logged; a step without a summary is no reason to say more.
            }
        }
    }
}

package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Annotates leaking tests where the tests run in a GitHub workflow: GitHub reads a line of the standard output, which
 * is the only way to it, and shows it at the test's source. The summary of the run goes into the summary of the step.
 *
 * @param module the folder whose {@code src} holds the tests
 */
record GitHubWorkflow(Map<String, String> environment, Path module) {

    /** What GitHub takes of a message, less room for the dots; it is cut between lines, so that no figure is. */
    private static final int LONGEST_MESSAGE = 4_000;

    private static final Pattern TOO_LONG = Pattern.compile("(?s)(.{0,LONGEST}(?=\n)|.{0,LONGEST}(?= )|.{LONGEST}).*"
            .replace("LONGEST", String.valueOf(LONGEST_MESSAGE)));

    void annotate(Subject subject, String message, boolean fails) {
        if (isThere()) {
            System.out.println(command(subject, message, fails));
        }
    }

    private boolean isThere() {
        return "true".equals(environment.get("GITHUB_ACTIONS"));
    }

    /** A command is one line; what would end it, or one of its properties, is written as a percent sign and digits. */
    String command(Subject subject, String message, boolean fails) {
        String text = message.length() <= LONGEST_MESSAGE
                ? message
                : TOO_LONG.matcher(message).replaceFirst("$1 ...");
        return (fails ? "::error " : "::warning ") + place(subject) + "title="
                + property("Device memory: " + subject.name()) + "::" + data(text);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    /** Returns where the source is, by the name of the class, which does not know it; empty where none is found. */
    private String place(Subject subject) {
        String topLevel = subject.className().replaceFirst("\\$.*", "").replace('.', '/');
        try (Stream<Path> sources = Files.walk(module.resolve("src"))) {
            Path source = sources.filter(file -> Stream.of(".java", ".kt", ".groovy")
                            .anyMatch(extension -> file.endsWith(topLevel + extension)))
                    .sorted()
                    .findFirst()
                    .orElse(null);
            if (source == null) {
                return "";
            }
            Path workspace =
                    Path.of(environment.getOrDefault("GITHUB_WORKSPACE", "")).toAbsolutePath();
            Path shown = source.startsWith(workspace) ? workspace.relativize(source) : source;
            return "file=" + property(shown.toString()) + ",line=" + line(Files.readString(source), subject) + ",";
        } catch (IOException | UncheckedIOException unreadable) {
            return "";
        }
    }

    /** Returns the line that declares the method, or else its class, or the first; calls mostly follow declarations. */
    private static long line(String source, Subject subject) {
        String type = Pattern.quote(subject.className().replaceFirst(".*[.$]", ""));
        String method = Pattern.quote(subject.method().replaceFirst("\\([^(]*$", ""));
        Matcher found = Pattern.compile("(?s)\\b(class|record|interface)\\s+" + type + "\\b"
                        + (subject.method().isEmpty() ? "" : "(.*?(?<![.\\w$])`?" + method + "`?\\s*\\()?"))
                .matcher(source);
        return 1
                + (found.find()
                        ? source.substring(0, found.end())
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                        : 0);
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

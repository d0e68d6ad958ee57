package io.github.ttmemorycheck.internal.runreport;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes the commands that a GitHub workflow reads from the output of its steps. A command is one line; what would end it,
 * or one of its properties, is written as a percent sign and two digits. Pure functions.
 */
public final class WorkflowCommand {

    private WorkflowCommand() {}

    /**
     * Writes an annotation.
     *
     * @param level {@code error} or {@code warning}
     * @param source what it is about, where that is known
     * @param workspace what the path of the source is written relative to
     * @param title one line
     * @param message one or more lines
     */
    public static String annotation(
            String level, Optional<SourceLine> source, Path workspace, String title, String message) {
        String place = source.map(
                        found -> "file=" + property(relative(found.file(), workspace)) + ",line=" + found.line() + ",")
                .orElse("");
        return "::" + level + " " + place + "title=" + property(title) + "::" + data(message);
    }

    private static String relative(Path file, Path workspace) {
        return file.startsWith(workspace) ? workspace.relativize(file).toString() : file.toString();
    }

    static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}

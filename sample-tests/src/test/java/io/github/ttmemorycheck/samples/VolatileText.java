package io.github.ttmemorycheck.samples;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what differs from run to run in a message: processes, moments, the order of allocations, waits and paths.
 */
final class VolatileText {

    private static final Pattern PROCESS = Pattern.compile("pid \\d+ \\(this JVM\\)");

    private static final Pattern PROCESS_OF_A_ROW = Pattern.compile("(?<=  pid )\\d+ .*");
    /** Between the size of a buffer and what is behind its order: when it was allocated, and its place among all. */
    private static final Pattern MOMENT_AND_ORDER = Pattern.compile("(?<=B) {2,}[^#\\n]+(?:(?:, )?#d?\\d+(?:-\\d+)?)+");

    private static final Pattern DIRECTORY = Pattern.compile("[^ \\n]*/?target/");
    private static final Pattern SOCKET_OF_A_FORK = Pattern.compile("(?<=target/)(kit-)?samples-\\d+\\.sock");
    private static final Pattern MEASUREMENT =
            Pattern.compile("\\n +(?:measured at once|settled for [\\d.]+ \\w+), (?s:.*?)(?=\\n\\n|\\n*$)");
    private static final Pattern WAIT = Pattern.compile("settled for [\\d.]+ \\w+");
    private static final Pattern COLLECTIONS = Pattern.compile("GC forced (once|twice|\\d+ times)");

    /** References are said shorter where times and orders leave them little room. */
    private static final Pattern REFERENCES = Pattern.compile("\\(\\+(\\d+) -(\\d+)\\)");

    /** Why a tracker was chosen differs between the first run of a JVM and a later one. */
    private static final Pattern CHOICE = Pattern.compile(" \\(auto: [^)]*\\)");

    private static final Pattern TRACKER = Pattern.compile("(?m)^INFO device memory is tracked by .*\\n");

    /** The fingerprint is the same in every run, but stands at the end of a line of varying length. */
    private static final Pattern RIGHT = Pattern.compile(" {2,}(?=fingerprint )");

    /** The lines about a process are wrapped according to its number and command. */
    private static final Pattern ENDED_PROCESS = Pattern.compile(
            "(?:ended without freeing: pid|likely:   a process ended) (?s:.*?)(?:them back|\\[process-ended])");

    private static final Pattern NUMBER_OF_A_PROCESS = Pattern.compile("(?<=\\b(?:pid|Process) )\\d+");
    private static final Pattern COMMAND_BEFORE_HELD = Pattern.compile("(?<=freeing: pid <pid> ).*(?= held)");

    /** The pages of a release are those of its tag. */
    private static final Pattern TAG = Pattern.compile("(?<=/tt-memory-check/blob/)v[^/]+");

    private static final Pattern LINE = Pattern.compile("(?<=\\.java:)\\d+");

    private VolatileText() {}

    static String normalized(String message) {
        String text = PROCESS.matcher(message).replaceAll("pid <pid> (this JVM)");
        text = PROCESS_OF_A_ROW.matcher(text).replaceAll("<pid> <command>");
        text = MOMENT_AND_ORDER.matcher(text).replaceAll("  <time> #<order>");
        text = DIRECTORY.matcher(text).replaceAll("target/");
        text = SOCKET_OF_A_FORK.matcher(text).replaceAll("samples.sock");
        // The last line is wrapped according to the length of the path in it.
        text = MEASUREMENT
                .matcher(text)
                .replaceAll(last -> "\n  " + last.group().strip().replaceAll("\\s+", " "));
        text = REFERENCES.matcher(text).replaceAll("(allocated $1, freed $2)");
        text = CHOICE.matcher(text).replaceAll("");
        text = WAIT.matcher(text).replaceAll("settled for <time>");
        text = COLLECTIONS.matcher(text).replaceAll("GC forced <n> times");
        text = TRACKER.matcher(text).replaceAll("");
        text = RIGHT.matcher(text).replaceAll("  ");
        text = ENDED_PROCESS.matcher(text).replaceAll(VolatileText::ofProcess);
        text = TAG.matcher(text).replaceAll("main");
        text = LINE.matcher(text).replaceAll("<n>");
        return text.lines().map(String::stripTrailing).reduce("", (before, line) -> before + line + "\n");
    }

    private static String ofProcess(MatchResult about) {
        String text = about.group().replaceAll("\\s+", " ");
        text = NUMBER_OF_A_PROCESS.matcher(text).replaceAll("<pid>");
        text = COMMAND_BEFORE_HELD.matcher(text).replaceAll("<command>");
        return Matcher.quoteReplacement(text);
    }
}

package io.github.ttmemorycheck.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Breaks text into lines at its spaces, but never inside a figure. */
public final class Wrapping {

    /** The width of a message, in columns. */
    public static final int COLUMNS = 100;

    /** What every line after the first of a message begins with. */
    public static final String INDENT = "  ";

    /** A space at which no line is broken; in what comes out it is a space again. */
    public static final char UNBROKEN = '\u00a0';

    /** The space inside {@code 10 000} or {@code 36 KiB}: half a figure reads like another one. */
    private static final Pattern INSIDE_FIGURE = Pattern.compile("(?<=\\d) (?=\\d{3}(?!\\d)|(?:[KMGTPE]i)?B\\b)");

    private Wrapping() {}

    /** Writes a sentence, its further lines indented as a message's body is. */
    public static List<String> sentence(String text) {
        return hanging("", text, INDENT);
    }

    /**
     * Writes a label, its spaces included, and a text that is escaped already, wrapped in the columns right of it. A
     * word that is wider than a line stands alone on one, unbroken: a path that is cut cannot be opened.
     */
    public static List<String> hanging(String label, String text) {
        return hanging(label, text, " ".repeat(PlainText.width(label)));
    }

    /** Puts a short text at the right end of a line; below it, where there is no room. */
    public static String withRight(String line, String right) {
        if (right.isEmpty()) {
            return line;
        }
        int gap = COLUMNS - PlainText.width(line) - PlainText.width(right);
        return gap < 2 ? line + "\n" + INDENT + right : line + " ".repeat(gap) + right;
    }

    /** Takes the unbroken spaces of a text back to ordinary ones, without breaking any line. */
    public static String oneLine(String text) {
        return text.replace(UNBROKEN, ' ');
    }

    /** Returns the sentence that a message begins with, in one line: what stands above its first empty line. */
    public static String firstSentence(String message) {
        return message.lines()
                .takeWhile(line -> !line.isBlank())
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /** The same, each further line indented by the given spaces. */
    public static List<String> hanging(String label, String breakable, String indent) {
        String text = INSIDE_FIGURE.matcher(breakable).replaceAll(Character.toString(UNBROKEN));
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(label);
        boolean fresh = true;
        for (int from = 0; from < text.length(); ) {
            int to = text.indexOf(' ', from);
            String word = text.substring(from, to < 0 ? text.length() : to);
            from = (to < 0 ? text.length() : to) + 1;
            if (!fresh && PlainText.width(line.toString()) + 1 + PlainText.width(word) > COLUMNS) {
                lines.add(oneLine(line.toString()).stripTrailing());
                line = new StringBuilder(indent);
                fresh = true;
            }
            // A gap before a word falls away where the word begins a line.
            String kept = fresh && !line.isEmpty() ? word.replaceFirst("^" + UNBROKEN + "+", "") : word;
            line.append(fresh ? "" : " ").append(kept);
            fresh = false;
        }
        lines.add(oneLine(line.toString()).stripTrailing());
        return lines;
    }
}

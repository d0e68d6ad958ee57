package io.github.ttmemorycheck.internal.runreport;

import java.io.IOException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes strings as JSON does. What is written may also stand in a {@code script} element of a page: the signs that end
 * or open an element, and the two line separators that JavaScript did not take in strings for long, are escaped, as are
 * control characters and halves of surrogate pairs, which could not be written as UTF-8.
 */
final class JsonText {

    private static final Pattern ESCAPED = Pattern.compile("[\"\\\\<>&\\p{Cc}\\p{Cs}\\u2028\\u2029]");

    private JsonText() {}

    static void write(CharSequence text, Appendable out) throws IOException {
        out.append('"')
                .append(ESCAPED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(escape(found))))
                .append('"');
    }

    private static String escape(MatchResult found) {
        char sign = found.group().charAt(0);
        return switch (sign) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) sign);
        };
    }
}

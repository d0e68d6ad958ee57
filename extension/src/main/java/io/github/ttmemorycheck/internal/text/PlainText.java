package io.github.ttmemorycheck.internal.text;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text from outside, such as a name or a command line, made fit for one line of a message: no character of it can break
 * the line, colour it or turn its direction, and its width on a terminal is known.
 */
public final class PlainText {

    private static final String CUT = "...";
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final Set<UnicodeScript> WIDE =
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    private PlainText() {}

    /** Escapes every character that is not plainly visible, as Java does; letters of all languages stay. */
    public static String escape(String text) {
        return INVISIBLE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(escaped(match.group())));
    }

    /** The columns a text takes: two for a wide letter, none for a mark above another. */
    public static int width(String text) {
        return text.codePoints().map(PlainText::width).sum();
    }

    /**
     * Cuts out the middle of a name or a command that is wider than allowed; the end, often the file of a path, stays
     * the longer part. Not for text with figures, which would run into each other.
     */
    public static String cutMiddle(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        int kept = Math.max(2, columns - CUT.length());
        int[] characters = text.codePoints().toArray();
        int head = 0;
        for (int left = kept / 2; head < characters.length && width(characters[head]) <= left; head++) {
            left -= width(characters[head]);
        }
        int tail = characters.length;
        for (int left = kept - kept / 2; tail > head && width(characters[tail - 1]) <= left; tail--) {
            left -= width(characters[tail - 1]);
        }
        return new String(characters, 0, head) + CUT + new String(characters, tail, characters.length - tail);
    }

    private static String escaped(String character) {
        return switch (character) {
            case "\n" -> "\\n";
            case "\r" -> "\\r";
            case "\t" -> "\\t";
            default ->
                character
                        .chars()
                        .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
                        .collect(Collectors.joining());
        };
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        // Punctuation and letters of full width belong to no script of their own.
        boolean full = (character >= 0x3000 && character <= 0x303E) || (character >= 0xFF01 && character <= 0xFF60);
        boolean wide =
                full || WIDE.contains(UnicodeScript.of(character)) || (character >= 0x1F300 && character <= 0x1FAFF);
        return wide ? 2 : 1;
    }
}

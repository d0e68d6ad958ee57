package io.github.ttmemorycheck.internal.runreport;

import java.io.IOException;

/**
 * Writes strings as JSON does. What is written may also stand in a {@code script} element of a page: the signs that end
 * or open an element, and the two line separators that JavaScript did not take in strings for long, are escaped, as are
 * control characters and halves of surrogate pairs, which could not be written as UTF-8.
 */
final class JsonText {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonText() {}

    static void write(CharSequence text, Appendable out) throws IOException {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign != '"' && sign != '\\' && !isEscaped(sign)) {
                continue;
            }
            if (Character.isHighSurrogate(sign)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(text, from, i);
            escape(sign, out);
            from = i + 1;
        }
        out.append(text, from, text.length()).append('"');
    }

    private static void escape(char sign, Appendable out) throws IOException {
        switch (sign) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u")
                        .append(HEX[sign >> 12])
                        .append(HEX[sign >> 8 & 0xf])
                        .append(HEX[sign >> 4 & 0xf])
                        .append(HEX[sign & 0xf]);
        }
    }

    private static boolean isEscaped(char sign) {
        return Character.isISOControl(sign)
                || Character.isSurrogate(sign)
                || sign == '<'
                || sign == '>'
                || sign == '&'
                || sign == '\u2028'
                || sign == '\u2029';
    }
}

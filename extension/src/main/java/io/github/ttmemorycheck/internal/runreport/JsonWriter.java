package io.github.ttmemorycheck.internal.runreport;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes JSON, and sees to commas, escapes and ends. What is written may also stand in a {@code script} element of a
 * page. Not thread-safe.
 */
final class JsonWriter {

    /**
     * What JSON escapes; the signs that end or open an element, and the two line separators that JavaScript did not
     * take in strings for long; and halves of surrogate pairs, which could not be written as UTF-8.
     */
    private static final Pattern ESCAPED = Pattern.compile("[\"\\\\<>&\\p{Cc}\\p{Cs}\\u2028\\u2029]");

    private final StringBuilder out = new StringBuilder();
    private boolean comma;

    JsonWriter field(String name, CharSequence text) {
        return name(name).text(text);
    }

    /** Writes a constant in small letters, for example {@code within-baseline}. */
    JsonWriter word(String name, Enum<?> constant) {
        return field(name, constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    JsonWriter field(String name, long number) {
        return name(name).raw(Long.toString(number));
    }

    /** Writes a number of which no bit is a sign. */
    JsonWriter unsigned(String name, long number) {
        return name(name).raw(Long.toUnsignedString(number));
    }

    JsonWriter field(String name, boolean truth) {
        return name(name).raw(Boolean.toString(truth));
    }

    JsonWriter object(String name, Consumer<JsonWriter> members) {
        return name(name).object(members);
    }

    JsonWriter object(Consumer<JsonWriter> members) {
        open('{');
        members.accept(this);
        return close('}');
    }

    <T> JsonWriter list(String name, Iterable<T> elements, BiConsumer<JsonWriter, T> writer) {
        name(name).open('[');
        for (T element : elements) {
            writer.accept(this, element);
        }
        return close(']');
    }

    JsonWriter texts(String name, Iterable<String> texts) {
        return list(name, texts, JsonWriter::text);
    }

    <T> JsonWriter objects(String name, Iterable<T> elements, BiConsumer<JsonWriter, T> members) {
        return list(name, elements, (json, element) -> json.object(of -> members.accept(of, element)));
    }

    /** Writes an object a line, so that files can be compared line by line. */
    <T> JsonWriter objectLines(String name, Iterable<T> elements, BiConsumer<JsonWriter, T> members) {
        return list(name, elements, (json, element) -> json.line().object(of -> members.accept(of, element)));
    }

    /** Begins a line of its own for the next element of a list. */
    JsonWriter line() {
        separate();
        out.append('\n');
        return this;
    }

    /** Writes a value that is JSON already. */
    JsonWriter raw(CharSequence json) {
        separate();
        out.append(json);
        comma = true;
        return this;
    }

    private JsonWriter text(CharSequence text) {
        CharSequence escaped = isPlain(text)
                ? text
                : ESCAPED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(escape(found)));
        return raw("\"" + escaped + '"');
    }

    /**
     * Returns whether a text has nothing to escape for certain. Nearly all have not, and in a JVM that is new a look at
     * each letter takes a fraction of what a pattern takes.
     */
    static boolean isPlain(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign < ' ' || sign > '~' || sign == '"' || sign == '\\' || sign == '<' || sign == '>' || sign == '&') {
                return false;
            }
        }
        return true;
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

    /** Begins a member; names are this library's own, and need no escapes. */
    private JsonWriter name(String name) {
        separate();
        out.append('"').append(name).append("\":");
        comma = false;
        return this;
    }

    private void open(char bracket) {
        separate();
        out.append(bracket);
    }

    private JsonWriter close(char bracket) {
        out.append(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.append(',');
            comma = false;
        }
    }

    /** Returns what was written so far. */
    @Override
    public String toString() {
        return out.toString();
    }
}

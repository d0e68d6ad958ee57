package io.github.ttmemorycheck.internal.runreport;

import java.io.IOException;
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

    /** Writes the members of an object. */
    @FunctionalInterface
    interface Members {

        void write(JsonWriter json) throws IOException;
    }

    /** Writes something for each of several things. */
    @FunctionalInterface
    interface Each<T> {

        void write(JsonWriter json, T element) throws IOException;
    }

    private final Appendable out;
    private boolean comma;

    JsonWriter(Appendable out) {
        this.out = out;
    }

    JsonWriter field(String name, CharSequence text) throws IOException {
        return name(name).text(text);
    }

    JsonWriter field(String name, long number) throws IOException {
        return name(name).raw(Long.toString(number));
    }

    /** Writes a number of which no bit is a sign. */
    JsonWriter unsigned(String name, long number) throws IOException {
        return name(name).raw(Long.toUnsignedString(number));
    }

    JsonWriter field(String name, boolean truth) throws IOException {
        return name(name).raw(Boolean.toString(truth));
    }

    JsonWriter object(String name, Members members) throws IOException {
        return name(name).object(members);
    }

    JsonWriter object(Members members) throws IOException {
        open('{');
        members.write(this);
        return close('}');
    }

    <T> JsonWriter list(String name, Iterable<T> elements, Each<T> writer) throws IOException {
        name(name).open('[');
        for (T element : elements) {
            writer.write(this, element);
        }
        return close(']');
    }

    JsonWriter texts(String name, Iterable<String> texts) throws IOException {
        return list(name, texts, JsonWriter::text);
    }

    <T> JsonWriter objects(String name, Iterable<T> elements, Each<T> members) throws IOException {
        return list(name, elements, (json, element) -> json.object(of -> members.write(of, element)));
    }

    /** Writes an object a line, so that files can be compared line by line. */
    <T> JsonWriter objectLines(String name, Iterable<T> elements, Each<T> members) throws IOException {
        return list(name, elements, (json, element) -> json.line().object(of -> members.write(of, element)));
    }

    /** Begins a line of its own for the next element of a list. */
    JsonWriter line() throws IOException {
        separate();
        out.append('\n');
        return this;
    }

    /** Writes a value that is JSON already. */
    JsonWriter raw(CharSequence json) throws IOException {
        separate();
        out.append(json);
        comma = true;
        return this;
    }

    private JsonWriter text(CharSequence text) throws IOException {
        return raw('"' + ESCAPED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(escape(found))) + '"');
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

    private JsonWriter name(String name) throws IOException {
        text(name);
        out.append(':');
        comma = false;
        return this;
    }

    private void open(char bracket) throws IOException {
        separate();
        out.append(bracket);
    }

    private JsonWriter close(char bracket) throws IOException {
        out.append(bracket);
        comma = true;
        return this;
    }

    private void separate() throws IOException {
        if (comma) {
            out.append(',');
            comma = false;
        }
    }
}

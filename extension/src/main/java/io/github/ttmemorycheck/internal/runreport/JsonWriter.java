package io.github.ttmemorycheck.internal.runreport;

import java.io.IOException;

/** Writes JSON, and sees to commas, escapes and ends. Names and values must come in their turn. Not thread-safe. */
final class JsonWriter {

    /** Writes one thing. */
    @FunctionalInterface
    interface Part {

        void write(JsonWriter json) throws IOException;
    }

    private final Appendable out;
    private boolean comma;

    JsonWriter(Appendable out) {
        this.out = out;
    }

    JsonWriter name(String name) throws IOException {
        separate();
        JsonText.write(name, out);
        out.append(':');
        comma = false;
        return this;
    }

    JsonWriter value(CharSequence text) throws IOException {
        separate();
        JsonText.write(text, out);
        comma = true;
        return this;
    }

    JsonWriter value(long number) throws IOException {
        return raw(Long.toString(number));
    }

    JsonWriter value(boolean truth) throws IOException {
        return raw(Boolean.toString(truth));
    }

    /** Writes a value that is JSON already. */
    JsonWriter raw(CharSequence json) throws IOException {
        separate();
        out.append(json);
        comma = true;
        return this;
    }

    JsonWriter object(Part members) throws IOException {
        return nested('{', members, '}');
    }

    JsonWriter array(Part elements) throws IOException {
        return nested('[', elements, ']');
    }

    /** Writes a list, an element a line where asked for, so that files can be compared line by line. */
    <T> JsonWriter list(Iterable<T> elements, boolean lines, ElementWriter<T> writer) throws IOException {
        return array(json -> {
            for (T element : elements) {
                if (lines) {
                    json.line();
                }
                writer.write(json, element);
            }
        });
    }

    /** Writes one element of a list. */
    @FunctionalInterface
    interface ElementWriter<T> {

        void write(JsonWriter json, T element) throws IOException;
    }

    private void line() throws IOException {
        separate();
        out.append('\n');
        comma = false;
    }

    private JsonWriter nested(char open, Part content, char close) throws IOException {
        separate();
        out.append(open);
        comma = false;
        content.write(this);
        out.append(close);
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

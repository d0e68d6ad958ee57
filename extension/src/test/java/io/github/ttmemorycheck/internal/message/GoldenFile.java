package io.github.ttmemorycheck.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A whole text that a test expects, in a file beside it. A text that differs is kept, to be read and then copied. */
final class GoldenFile {

    private static final Path DIFFERENT = Path.of("target", "golden");

    private GoldenFile() {}

    static void assertMatches(String name, String actual) {
        String file = name + ".txt";
        String expected = read(file);
        if (!actual.equals(expected)) {
            keep(file, actual);
        }
        assertThat(actual)
                .as("%s; the actual text is in %s and reads%n%s%n", file, DIFFERENT.resolve(file), actual)
                .isEqualTo(expected);
    }

    private static String read(String file) {
        try (InputStream in = GoldenFile.class.getResourceAsStream(file)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void keep(String file, String text) {
        try {
            Files.createDirectories(DIFFERENT);
            Files.writeString(DIFFERENT.resolve(file), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}

package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts as they are expected, in {@code src/test/resources}. What was really printed is written to {@code target},
 * under the same name, to be read, and copied where a text has changed for the better.
 */
final class Golden {

    private static final Path EXPECTED = Path.of("src", "test", "resources");
    private static final Path PRINTED = Path.of("target");

    private Golden() {}

    static void check(String name, String printed) throws IOException {
        Path file = PRINTED.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, printed);
        assertThat(printed).as("%s; what was printed is in %s", name, file).isEqualTo(read(name));
    }

    /** Returns an expected text, for example {@code leaks/WeightsLeakTests.txt}. */
    static String read(String name) throws IOException {
        Path file = EXPECTED.resolve(name);
        assertThat(file).exists();
        return Files.readString(file);
    }
}

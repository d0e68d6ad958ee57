package io.github.ttmemorycheck.internal.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it catches what is printed")
class LogTests {

    private static String warning(Throwable cause) {
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, UTF_8));
        try {
            Log.ofLibrary().warn("the memory is not known", cause);
        } finally {
            System.setErr(before);
        }
        return logged.toString(UTF_8);
    }

    @Test
    void what_a_tracker_says_stands_without_the_name_of_a_class() {
        assertThat(warning(new TrackerException("nobody listens")))
                .isEqualToIgnoringNewLines("WARN io.github.ttmemorycheck - the memory is not known (nobody listens)");
    }

    @Test
    void what_the_system_says_stands_with_it() {
        assertThat(warning(new IOException("disk full")))
                .contains("the memory is not known (java.io.IOException: disk full)");
    }
}

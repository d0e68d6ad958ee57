package io.github.ttmemorycheck.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.Printed;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it catches what is printed")
class LogTests {

    private static String warning(Throwable cause) throws IOException {
        return Printed.during(() -> Log.ofLibrary().warn("the memory is not known", cause));
    }

    @Test
    void what_a_tracker_says_stands_without_the_name_of_a_class() throws IOException {
        assertThat(warning(new TrackerException("nobody listens")))
                .isEqualToIgnoringNewLines("WARN io.github.ttmemorycheck - the memory is not known (nobody listens)");
    }

    @Test
    void what_the_system_says_stands_with_it() throws IOException {
        assertThat(warning(new IOException("disk full")))
                .contains("the memory is not known (java.io.IOException: disk full)");
    }
}

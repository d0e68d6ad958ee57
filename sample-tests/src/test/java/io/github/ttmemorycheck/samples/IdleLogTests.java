package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.jupiter.api.Test;

/**
 * A class that is checked, but uses no device. You see green, and a warning with the likely cause.
 */
@TtMemoryCheck
@Shows("a class in which the tracker saw nothing: a warning")
class IdleLogTests {

    @Test
    void tokenizes() {
        assertThat("to be or not to be".split(" ")).hasSize(6);
    }
}

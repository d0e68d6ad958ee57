package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.TtMemoryCheckSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same where that is a failure. You see the class fail, with the likely cause.
 */
@Tag("leaks")
@TtMemoryCheck
@WithSetting(key = TtMemoryCheckSettings.IDLE, value = "fail")
@Shows("a class in which the tracker saw nothing: a failure")
class IdleLeakTests {

    // tag::idle[]
    @Test
    void tokenizes() {
        assertThat("to be or not to be".split(" ")).hasSize(6);
    }
    // end::idle[]
}

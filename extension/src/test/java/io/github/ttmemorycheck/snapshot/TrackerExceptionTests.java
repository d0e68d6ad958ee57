package io.github.ttmemorycheck.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrackerExceptionTests {

    @Test
    void the_parts_of_a_message_can_be_read_one_by_one() {
        TrackerException failed = new TrackerException("no answer", "the server", "silence", "restart it", null);

        assertThat(failed).hasMessage("no answer; asked: the server; found: silence; to fix: restart it");
        assertThat(failed.reason()).isEqualTo("no answer");
        assertThat(failed.asked()).contains("the server");
        assertThat(failed.found()).contains("silence");
        assertThat(failed.remedy()).contains("restart it");
    }

    @Test
    void a_message_alone_is_the_reason() {
        TrackerException failed = new TrackerException("no answer");

        assertThat(failed.reason()).isEqualTo("no answer");
        assertThat(failed.asked()).isEmpty();
        assertThat(failed.found()).isEmpty();
        assertThat(failed.remedy()).isEmpty();
    }
}

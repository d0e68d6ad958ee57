package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessNotesTests {

    @Test
    void of_a_process_that_ended_before_it_was_seen_it_is_not_said_whose_it_was() throws Exception {
        Process child = new ProcessBuilder("true").start();
        assertThat(child.waitFor()).isZero();

        assertThat(ProcessNotes.ended(
                        new EndedProcess((int) child.pid(), "", 1, MemoryTotals.NONE), new OwnProcesses()))
                .isEqualTo("pid " + child.pid() + " ended without freeing 1 buffer; the driver has taken that back");
    }

    @Test
    void a_child_that_was_seen_stays_one_of_this_run() throws Exception {
        Process child = new ProcessBuilder("sleep", "1000").start();
        OwnProcesses own = new OwnProcesses();
        try {
            assertThat(own.test((int) child.pid())).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).isNotZero();

        assertThat(own.named((int) child.pid(), "sleep 1000")).isEqualTo("sleep 1000 (ours)");
    }
}

package io.github.ttmemorycheck.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.ProcessTree;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessNotesTests {

    /** More than the kernel gives to any process. */
    private static final int NO_PROCESS = 1_000_000_000;

    private static final ProcessTree OWN = new ProcessTree();

    private static MemoryTotals dram(int devices, long bytes) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        IntStream.range(0, devices).forEach(device -> totals.add(device, MemoryKind.DRAM, bytes));
        return totals.build();
    }

    @Test
    void a_process_that_holds_more_is_named_with_what_and_where() {
        int self = Math.toIntExact(ProcessHandle.current().pid());

        assertThat(ProcessNotes.risen(
                        List.of(
                                new ProcessUse(NO_PROCESS, "python3 worker.py", dram(8, 36 * 1024)),
                                new ProcessUse(self, "java Tests", dram(1, 512 * 1024))),
                        OWN))
                .containsExactly(
                        "pid " + self + " java Tests (ours) holds 512 KiB of DRAM on device 0 more than before",
                        "pid " + NO_PROCESS
                                + " python3 worker.py holds 36 KiB of DRAM on each of 8"
                                + " devices more than before");
    }

    @Test
    void the_five_that_hold_the_most_are_named_and_the_rest_counted() {
        List<ProcessUse> uses = IntStream.rangeClosed(1, 7)
                .mapToObj(number -> new ProcessUse(NO_PROCESS + number, "", dram(1, number)))
                .toList();

        assertThat(ProcessNotes.risen(uses, OWN))
                .hasSize(6)
                .startsWith("pid " + (NO_PROCESS + 7) + " holds 7 B of DRAM on device 0 more than before")
                .endsWith("2 more processes hold more than before");
    }

    @Test
    void a_process_that_ended_is_named_by_its_program_where_its_command_is_long() {
        String command = "/opt/a/very/long/way/to/python3 /srv/models/that/are/far/away/worker.py --device 0";

        assertThat(ProcessNotes.ended(new EndedProcess(NO_PROCESS, command, 1, MemoryTotals.NONE), OWN))
                .isEqualTo("pid " + NO_PROCESS + " python3 worker.py --device 0 ended without"
                        + " freeing 1 buffer; the driver has taken that back");
    }

    @Test
    void of_a_process_that_ended_before_it_was_seen_it_is_not_said_whose_it_was() throws Exception {
        Process child = new ProcessBuilder("true").start();
        assertThat(child.waitFor()).isZero();

        assertThat(ProcessNotes.ended(new EndedProcess((int) child.pid(), "", 1, MemoryTotals.NONE), new ProcessTree()))
                .isEqualTo("pid " + child.pid() + " ended without freeing 1 buffer; the driver has taken that back");
    }

    @Test
    void a_child_that_was_seen_stays_one_of_this_run() throws Exception {
        Process child = new ProcessBuilder("sleep", "1000").start();
        ProcessTree own = new ProcessTree();
        try {
            assertThat(own.test((int) child.pid())).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).isNotZero();

        assertThat(own.named((int) child.pid(), "sleep 1000")).isEqualTo("sleep 1000 (ours)");
    }
}

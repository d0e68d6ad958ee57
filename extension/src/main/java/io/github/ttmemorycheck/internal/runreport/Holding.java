package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Objects;

/**
 * Memory that somebody still holds at the end of a run.
 *
 * @param holder the test that left it; empty when no checked test of the run did
 * @param processId the process that allocated it; 0 where that is not known
 * @param command the command line of the process, or empty
 * @param device the device's number
 * @param kind the kind of memory
 * @param bytes how much
 * @param buffers in how many buffers; 0 where that is not known
 */
public record Holding(
        String holder, int processId, String command, int device, MemoryKind kind, long bytes, long buffers) {

    /** Checks that nothing is missing. */
    public Holding {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(kind, "kind");
    }
}

package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.Optional;

/**
 * Memory that is still held at the end of a run.
 *
 * @param holder the test or class that left it; empty when none that was checked did, and where only totals are known
 * @param shared the name of the shared memory that it belongs to, or empty
 * @param charged whether it was charged to tests of the run, be it known to which
 * @param processId the process that allocated it; 0 where that is not known
 * @param command the command line of that process, or empty
 * @param buffers in how many buffers; 0 where that is not known
 */
public record Holding(
        Optional<Subject> holder,
        String shared,
        boolean charged,
        int processId,
        String command,
        MemoryPool pool,
        long bytes,
        long buffers) {

    /** Makes memory that is not shared by design. */
    public Holding(
            Optional<Subject> holder,
            boolean charged,
            int processId,
            String command,
            MemoryPool pool,
            long bytes,
            long buffers) {
        this(holder, "", charged, processId, command, pool, bytes, buffers);
    }

    /** Returns whom the report names as its holder; empty when nobody is known. */
    String holderName() {
        if (!shared.isEmpty()) {
            return "shared memory '" + shared + "'";
        }
        return holder.map(Subject::name).orElse(charged ? "checked tests, together" : "");
    }
}

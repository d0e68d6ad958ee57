package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.Optional;

/**
 * Memory that is still held at the end of a run.
 *
 * @param holder the test or class that left it; empty when none that was checked did, and where only totals are known
 * @param charged whether it was charged to tests of the run, be it known to which
 * @param processId the process that allocated it; 0 where that is not known
 * @param command the command line of that process, or empty
 * @param buffers in how many buffers; 0 where that is not known
 */
public record Holding(
        Optional<Subject> holder,
        boolean charged,
        int processId,
        String command,
        MemoryPool pool,
        long bytes,
        long buffers) {

    /** Returns whom the report names as its holder; empty when nobody is known. */
    String holderName() {
        return holder.map(Subject::name).orElse(charged ? "checked tests, together" : "");
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The processes whose numbers stand in the regions. Whether a process counts is decided when it is first seen, so that
 * one that ends, or loses its parent, stays what it was. Not thread-safe.
 */
final class KnownProcesses implements IntPredicate, AutoCloseable {

    private final ProcFiles files;
    private final IntPredicate counted;
    private final Map<Integer, KnownProcess> known = new HashMap<>();
    private long reading;

    KnownProcesses(ProcFiles files, IntPredicate counted) {
        this.files = files;
        this.counted = counted;
    }

    /** Begins a reading of all regions: a number whose process has gone may belong to another now. */
    void begin() {
        reading++;
        known.values().removeIf(process -> process.hasGone() && files.isInUse(process.processId()));
    }

    /**
     * Ends a reading that met every process there is. One that is in no region is kept while it lives: it may come
     * back, and what it held before has to be compared then.
     */
    void end() {
        known.values().removeIf(process -> {
            boolean forgotten = !process.wasMet(reading) && !isAlive(process);
            if (forgotten) {
                process.close();
            }
            return forgotten;
        });
    }

    KnownProcess get(int processId) {
        KnownProcess process = known.get(processId);
        if (process == null) {
            process =
                    counted.test(processId) ? KnownProcess.counted(files, processId) : KnownProcess.ignored(processId);
            known.put(processId, process);
        }
        process.meet(reading);
        return process;
    }

    KnownProcess of(ProcessSlot slot) {
        return get(slot.processId());
    }

    boolean isAlive(KnownProcess process) {
        return process.isAlive(reading);
    }

    /** Whether a process counts. */
    @Override
    public boolean test(int processId) {
        return get(processId).isCounted();
    }

    @Override
    public void close() {
        known.values().forEach(KnownProcess::close);
        known.clear();
    }
}

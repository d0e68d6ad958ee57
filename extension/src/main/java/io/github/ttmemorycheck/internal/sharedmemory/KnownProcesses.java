package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The processes whose numbers stand in the regions. Whether a process counts is decided when it is first seen, so that
 * one that ends, or loses its parent, stays what it was. Not thread-safe.
 */
final class KnownProcesses implements AutoCloseable {

    private final ProcFiles files;
    private final IntPredicate counted;
    private final Map<Integer, KnownProcess> known = new HashMap<>();

    KnownProcesses(ProcFiles files, IntPredicate counted) {
        this.files = files;
        this.counted = counted;
    }

    /** Begins a reading of all regions: a number whose process has gone may belong to another now. */
    void begin() {
        known.values().removeIf(process -> process.hasGone() && files.isInUse(process.processId()));
        known.values().forEach(KnownProcess::begin);
    }

    /**
     * Ends a reading that met every process there is. One that is in no region is kept while it lives: it may come
     * back, and what it held before has to be compared then.
     */
    void end() {
        known.values().removeIf(process -> {
            boolean forgotten = !process.wasMet() && !process.isAlive();
            if (forgotten) {
                process.close();
            }
            return forgotten;
        });
    }

    KnownProcess get(int processId) {
        KnownProcess process = known.computeIfAbsent(processId, id -> new KnownProcess(id, counted.test(id), files));
        process.meet();
        return process;
    }

    /** Whether a process counts. */
    boolean counts(int processId) {
        return get(processId).isCounted();
    }

    @Override
    public void close() {
        known.values().forEach(KnownProcess::close);
        known.clear();
    }
}

package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.devices.ClosedDevice;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each process still held by totals when a device was found closed. A total tells no time, so this alone bounds
 * how much of it went with the device: what comes later is not excused. Thread-safe.
 */
final class Closings {

    private final MemoryTracker others;
    private final IdentityHashMap<ClosedDevice, Map<Integer, MemoryTotals>> held = new IdentityHashMap<>();

    Closings(MemoryTracker others) {
        this.others = others;
    }

    /** Learns which devices are closed; those that are not in the list any more are forgotten. */
    synchronized void note(List<ClosedDevice> closed) {
        if (closed.isEmpty() && held.isEmpty()) {
            return;
        }
        held.keySet().retainAll(closed);
        if (held.size() < closed.size()) {
            Map<Integer, MemoryTotals> now = held();
            closed.forEach(device -> held.putIfAbsent(device, now));
        }
    }

    private Map<Integer, MemoryTotals> held() {
        Map<Integer, MemoryTotals> now = new HashMap<>();
        try {
            for (ProcessUse use : others.usesInTotals()) {
                now.put(use.processId(), use.held());
            }
        } catch (TrackerException unknown) {
            return Map.of(); // Nothing is excused then, and the question at hand says why it has no answer.
        }
        return now;
    }

    /** Returns how much a process held when a device was found closed; 0 where only its buffers are known. */
    synchronized long held(ClosedDevice device, int processId, MemoryPool pool) {
        return held.getOrDefault(device, Map.of())
                .getOrDefault(processId, MemoryTotals.NONE)
                .of(pool);
    }
}

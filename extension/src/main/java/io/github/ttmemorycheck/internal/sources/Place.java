package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** By what a buffer that one source names is known for one that another names. */
record Place(int processId, int device, MemoryKind kind, long address, long size) {

    private static final int ANYBODY = 0;

    static Place of(DeviceBuffer buffer) {
        return of(buffer, buffer.processId());
    }

    /** Returns the place whoever holds it. */
    static Place ofAnybody(DeviceBuffer buffer) {
        return of(buffer, ANYBODY);
    }

    private static Place of(DeviceBuffer buffer, int processId) {
        return new Place(processId, buffer.device(), buffer.kind(), buffer.address(), buffer.size());
    }

    static Set<Place> of(Collection<DeviceBuffer> buffers) {
        Set<Place> places = new HashSet<>();
        buffers.forEach(buffer -> places.add(of(buffer)));
        return places;
    }
}

package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;

/**
 * Which buffer is which: an allocator tells no number of its own, so a buffer that was freed and allocated again at the
 * same place in the same size is the same one.
 */
record Held(int processId, int device, MemoryKind kind, long address, long size) {

    DeviceBuffer buffer(long order, long seenAtNanos) {
        return new DeviceBuffer(device, kind, address, size, 1, 1, processId, order, seenAtNanos);
    }
}

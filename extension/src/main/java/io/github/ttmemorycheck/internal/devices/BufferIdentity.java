package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;

/**
 * Which buffer is which to an allocator: it gives no number of its own, so a buffer that was freed and allocated again
 * at the same place in the same size is the same one.
 */
public record BufferIdentity(int processId, int device, MemoryKind kind, long address, long size) {

    /** Returns which buffer this is. */
    public static BufferIdentity of(DeviceBuffer buffer) {
        return new BufferIdentity(buffer.processId(), buffer.device(), buffer.kind(), buffer.address(), buffer.size());
    }

    DeviceBuffer buffer(long order, long seenAtNanos) {
        return new DeviceBuffer(device, kind, address, size, 1, 1, processId, order, seenAtNanos);
    }
}

package io.github.ttmemorycheck.samples.simulation;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What a tensor, or a view of one, holds on the devices. Outlives the tensor when that becomes garbage, so it never
 * refers to it. Guarded by the lock of the mesh.
 */
final class TensorMemory {

    private final MemoryKind kind;
    private final long bytesPerDevice;
    private final SortedMap<Integer, Long> addresses;
    private boolean held = true;

    /** Takes what was allocated: the address on each device, by the device's number. */
    TensorMemory(MemoryKind kind, long bytesPerDevice, SortedMap<Integer, Long> addresses) {
        this.kind = kind;
        this.bytesPerDevice = bytesPerDevice;
        this.addresses = addresses;
    }

    MemoryKind kind() {
        return kind;
    }

    long bytesPerDevice() {
        return bytesPerDevice;
    }

    Map<Integer, Long> addresses() {
        return addresses;
    }

    boolean isHeld() {
        return held;
    }

    void released() {
        held = false;
    }

    /** Names the tensor for messages; reads nothing that changes. */
    @Override
    public String toString() {
        String devices = addresses.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "SIMULATED tensor of " + ByteSize.format(bytesPerDevice) + " of " + kind + " per device at 0x"
                + Long.toHexString(addresses.values().iterator().next()) + " on device"
                + (addresses.size() == 1 ? " " : "s ")
                + devices;
    }
}

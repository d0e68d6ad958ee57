package io.github.ttmemorycheck;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.concurrent.atomic.AtomicLong;

/** Buffers of fixtures, each with an address of its own; closing a tensor frees those it owns. Used by one thread. */
final class FixtureTensor implements AutoCloseable {

    private static final long KIB = 1024;
    private static final long APART = 0x10_0000;
    private static final AtomicLong NEXT_ADDRESS = new AtomicLong(0x1000_0000);

    private final int device;
    private final MemoryKind kind;
    private long address;

    private FixtureTensor(int device, MemoryKind kind) {
        this.device = device;
        this.kind = kind;
    }

    /** Allocates DRAM of device 0. */
    static FixtureTensor of(long kib) {
        return of(MemoryKind.DRAM, kib);
    }

    /** Allocates memory of device 0. */
    static FixtureTensor of(MemoryKind kind, long kib) {
        FixtureTensor tensor = new FixtureTensor(0, kind);
        tensor.allocate(kib);
        return tensor;
    }

    /** Owns nothing yet. */
    static FixtureTensor later() {
        return new FixtureTensor(0, MemoryKind.DRAM);
    }

    /** Allocates DRAM of device 0 and never frees it. */
    static void forget(long kib) {
        forget(0, MemoryKind.DRAM, kib);
    }

    /** Allocates memory and never frees it. */
    static void forget(int device, MemoryKind kind, long kib) {
        client().allocate(device, kind, NEXT_ADDRESS.getAndAdd(APART), kib * KIB);
    }

    void allocate(long kib) {
        address = NEXT_ADDRESS.getAndAdd(APART);
        client().allocate(device, kind, address, kib * KIB);
    }

    @Override
    public void close() {
        if (address != 0) {
            client().free(device, address);
        }
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}

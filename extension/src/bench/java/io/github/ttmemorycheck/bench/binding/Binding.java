package io.github.ttmemorycheck.bench.binding;

import io.github.ttmemorycheck.internal.sites.AllocationSites;
import io.github.ttmemorycheck.snapshot.MemoryKind;

/** Allocates in two steps, and reports to the record alone, without a tracker. */
public final class Binding {

    private static final int PROCESS = 4711;

    private final Client client = new Client();

    /** What stands where the allocation client does. */
    private static final class Client {

        void allocate(long address) {
            AllocationSites.allocated(PROCESS, 0, MemoryKind.DRAM, address);
        }

        void free(long address) {
            AllocationSites.freed(PROCESS, 0, MemoryKind.DRAM, address);
        }
    }

    public void tensor(long address) {
        buffer(address);
    }

    private void buffer(long address) {
        client.allocate(address);
    }

    public void free(long address) {
        client.free(address);
    }
}

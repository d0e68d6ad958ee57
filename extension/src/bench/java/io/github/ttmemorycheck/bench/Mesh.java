package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Devices that report to a tracker, each over a connection of its own, and hold one buffer each. */
final class Mesh implements AutoCloseable {

    static final int DEVICES = 8;

    private static final long ADDRESS = 0x3000_0000;
    private static final long SIZE = 4096;

    private final List<AllocationClient> clients = new ArrayList<>();
    private long left;

    Mesh(Path socket, int devices) {
        for (int device = 0; device < devices; device++) {
            AllocationClient client = AllocationClient.connect(socket);
            client.allocate(device, MemoryKind.L1, ADDRESS / 2, SIZE);
            clients.add(client);
        }
    }

    /** Allocates a buffer on every device and frees it. */
    void use() {
        for (int device = 0; device < clients.size(); device++) {
            clients.get(device).allocate(device, MemoryKind.DRAM, ADDRESS, SIZE);
        }
        for (int device = 0; device < clients.size(); device++) {
            clients.get(device).free(device, ADDRESS);
        }
    }

    /** Leaves 12 KiB of L1 on the first device, and frees those of the test before. */
    void leaveInsteadOfTheLast() {
        AllocationClient client = clients.get(0);
        if (left != 0) {
            client.free(0, left);
        }
        left = left == ADDRESS ? ADDRESS + 16 * SIZE : ADDRESS;
        client.allocate(0, MemoryKind.L1, left, 3 * SIZE);
    }

    /** Leaves buffers on the first device. */
    void leak(int buffers) {
        for (int i = 1; i <= buffers; i++) {
            clients.get(0).allocate(0, MemoryKind.DRAM, ADDRESS + i * SIZE, SIZE);
        }
    }

    @Override
    public void close() {
        clients.forEach(AllocationClient::close);
    }

    /** A device as a binding shows it, whose program cache is empty. */
    static final class Device implements TtDevice {

        @Override
        public void enableProgramCache() {
            // It has none.
        }

        @Override
        public void clearProgramCache() {
            // It is empty.
        }

        @Override
        public void disableAndClearProgramCache() {
            // It is empty.
        }

        @Override
        public long numProgramCacheEntries() {
            return 0;
        }
    }
}

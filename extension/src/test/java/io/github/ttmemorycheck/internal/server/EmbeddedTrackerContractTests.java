package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.attach.HolderProgram;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTrackerContractTests;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, of the embedded tracker. */
class EmbeddedTrackerContractTests extends MemoryTrackerContractTests {

    @TempDir
    Path directory;

    private EmbeddedTracker server;
    private AllocationClient client;
    private @Nullable Child holder;

    @BeforeEach
    void open() {
        server = EmbeddedTracker.start(directory.resolve("s"));
        client = AllocationClient.connect(server.socket());
    }

    @AfterEach
    void close() throws IOException {
        if (holder != null) {
            holder.close();
        }
        client.close();
        server.close();
    }

    @Override
    protected MemoryTracker tracker() {
        return server;
    }

    @Override
    protected Set<MemoryKind> kinds() {
        return EnumSet.allOf(MemoryKind.class);
    }

    @Override
    protected boolean seesProcessesEnd() {
        return true;
    }

    @Override
    protected void allocate(int device, MemoryKind kind, long address, long bytes) {
        client.allocate(device, kind, address, bytes);
    }

    @Override
    protected void free(int device, MemoryKind kind, long address, long bytes) {
        if (kind == MemoryKind.CIRCULAR_BUFFER) {
            client.freeCircularBuffer(device, address, bytes);
        } else if (kind == MemoryKind.KERNEL) {
            client.unloadKernel(device, address, bytes);
        } else {
            client.free(device, address);
        }
    }

    @Override
    protected int startHolder(List<Integer> devices, MemoryKind kind, long address, long bytes) throws IOException {
        holder = HolderProgram.start(directory, server.socket(), devices, kind, address, bytes);
        return holder.pid();
    }

    @Override
    protected void killHolder() throws InterruptedException {
        Objects.requireNonNull(holder).kill();
    }

    @Override
    protected void makeBlind() {
        server.close();
    }
}

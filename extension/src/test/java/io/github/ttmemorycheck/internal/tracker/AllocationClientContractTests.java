package io.github.ttmemorycheck.internal.tracker;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.attach.HolderProgram;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** The contract, of a server of this library, to which clients report over its socket. */
public abstract class AllocationClientContractTests extends MemoryTrackerContractTests {

    @TempDir
    protected Path directory;

    /** Returns the client through which this JVM reports, connected to {@link #socket}. */
    protected abstract AllocationClient client();

    /** Returns where the server listens. */
    protected final Path socket() {
        return directory.resolve("s");
    }

    @Override
    protected final Set<MemoryKind> kinds() {
        return EnumSet.allOf(MemoryKind.class);
    }

    @Override
    protected final boolean seesProcessesEnd() {
        return true;
    }

    @Override
    protected final void allocate(int device, MemoryKind kind, long address, long bytes) {
        client().allocate(device, kind, address, bytes);
    }

    @Override
    protected final void free(int device, MemoryKind kind, long address, long bytes) {
        switch (kind) {
            case CIRCULAR_BUFFER -> client().freeCircularBuffer(device, address, bytes);
            case KERNEL -> client().unloadKernel(device, address, bytes);
            default -> client().free(device, address);
        }
    }

    @Override
    protected final Child startHolder(List<Integer> devices, MemoryKind kind, long address, long bytes)
            throws IOException {
        return HolderProgram.start(directory, socket(), devices, kind, address, bytes);
    }
}

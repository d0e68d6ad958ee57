package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTrackerContractTests;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, of the shared-memory tracker. Regions appear with the first allocation on their device. */
class SharedMemoryTrackerContractTests extends MemoryTrackerContractTests {

    private static final int SELF = (int) ProcessHandle.current().pid();
    private static final int OWN_SLOT = 0;
    private static final int HOLDERS_SLOT = 63;
    private static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.L1_SMALL, MemoryKind.TRACE, MemoryKind.CIRCULAR_BUFFER);

    @TempDir
    Path directory;

    private SharedMemoryTracker tracker;

    @BeforeEach
    void open() {
        tracker = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of());
    }

    @AfterEach
    void close() throws IOException {
        tracker.close();
    }

    @Override
    protected MemoryTracker tracker() {
        return tracker;
    }

    @Override
    protected Set<MemoryKind> kinds() {
        return new LinkedHashSet<>(KINDS);
    }

    @Override
    protected boolean seesProcessesEnd() {
        return true;
    }

    @Override
    protected void allocate(int device, MemoryKind kind, long address, long bytes) throws IOException {
        region(device).attach(OWN_SLOT, SELF, "").add(OWN_SLOT, KINDS.indexOf(kind), bytes);
    }

    @Override
    protected void free(int device, MemoryKind kind, long address, long bytes) throws IOException {
        region(device).add(OWN_SLOT, KINDS.indexOf(kind), -bytes);
    }

    @Override
    protected Child startHolder(List<Integer> devices, MemoryKind kind, long address, long bytes) throws IOException {
        Child holder = Child.run(directory.resolve("holder-errors").toFile(), List.of("sleep", "1000"));
        for (int device : devices) {
            region(device).attach(HOLDERS_SLOT, holder.pid(), "worker").add(HOLDERS_SLOT, KINDS.indexOf(kind), bytes);
        }
        return holder;
    }

    @Override
    protected void makeBlind() throws IOException {
        region(0).putInt(0, 9);
    }

    private WrittenRegion region(int device) throws IOException {
        String chip = "1844674407370955161" + device;
        WrittenRegion region = WrittenRegion.at(directory, chip);
        return Files.exists(region.file()) ? region : WrittenRegion.create(directory, chip, device);
    }
}

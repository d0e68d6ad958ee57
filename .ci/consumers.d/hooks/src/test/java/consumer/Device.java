package consumer;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A device that computes nothing, and tells what its allocator holds. */
public class Device implements TtDevice {

    private final Map<Long, AllocatedBuffer> buffers = new TreeMap<>();
    private long next = 0x1000;

    public synchronized long allocate(long size) {
        long address = next;
        next += size;
        buffers.put(address, new AllocatedBuffer(0, MemoryKind.DRAM, address, size));
        return address;
    }

    public synchronized void free(long address) {
        buffers.remove(address);
    }

    @Override
    public synchronized Optional<List<AllocatedBuffer>> allocatedBuffers() {
        return Optional.of(List.copyOf(buffers.values()));
    }

    @Override
    public List<Integer> deviceIds() {
        return List.of(0);
    }

    @Override
    public void enableProgramCache() {}

    @Override
    public void clearProgramCache() {}

    @Override
    public void disableAndClearProgramCache() {}

    @Override
    public long numProgramCacheEntries() {
        return 0;
    }
}

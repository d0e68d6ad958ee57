package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A simulated device whose binding lists the buffers of its allocator. */
final class TellingDevice implements TtDevice {

    private static final long PAGE = 4096;

    private final List<AllocatedBuffer> held;

    TellingDevice(int buffers) {
        held = LongStream.rangeClosed(1, buffers)
                .mapToObj(i -> new AllocatedBuffer(0, MemoryKind.DRAM, i * PAGE, PAGE))
                .toList();
    }

    @Override
    public Optional<List<AllocatedBuffer>> allocatedBuffers() {
        return Optional.of(held);
    }

    @Override
    public List<Integer> deviceIds() {
        return List.of(0);
    }

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

package io.github.ttmemorycheck.samples.binding;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A runtime that computes nothing: two devices that allocate in lock-step, in eight banks of 1 MiB. Not thread-safe. */
final class FakeTtnn implements Ttnn {

    private static final int BANKS = 8;
    private static final long BANK_BYTES = 1 << 20;
    private static final int MESH = 100; // what the entries of a whole mesh have for a device

    private final Map<Long, Long> held = new TreeMap<>();
    private long next = 0x1000;

    @Override
    public List<Integer> deviceIds() {
        return List.of(0, 1);
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

    @Override
    public long traceBuffersSize() {
        return 0;
    }

    @Override
    public List<Entry> buffers() {
        return held.entrySet().stream()
                .map(buffer -> new Entry(MESH, "DRAM", buffer.getKey(), buffer.getValue() / BANKS, BANKS))
                .toList();
    }

    @Override
    public View memoryView(String bufferType) {
        long allocated = Stream.of(bufferType)
                .filter("DRAM"::equals)
                .flatMap(dram -> held.values().stream())
                .mapToLong(bytes -> bytes / BANKS)
                .sum();
        return new View(BANKS, BANK_BYTES, allocated, BANK_BYTES - allocated, BANK_BYTES - allocated);
    }

    @Override
    public long allocate(long bytesPerDevice) {
        long address = next;
        next += bytesPerDevice / BANKS;
        held.put(address, bytesPerDevice);
        return address;
    }

    @Override
    public void deallocate(long address) {
        held.remove(address);
    }

    @Override
    public void close() {
        held.clear();
    }
}

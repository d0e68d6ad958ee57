package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.attach.ParsedDump.Listed;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Buffers that a third party's server holds, and how it prints them: known without reading anything.
 *
 * @param pools the buffers of each device and kind that has any, in the order of the text
 */
record HeldBuffers(Map<MemoryPool, List<Listed>> pools) {

    /** Of a kind with more than so many a server prints their number alone. */
    private static final int MOST_NAMED = 10;

    private static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    private static final String BUFFER = "    - Buffer ";

    /** Makes up to four pools on up to three devices, one of them at least, some with too many buffers to be named. */
    static HeldBuffers random(SplittableRandom random) {
        Map<MemoryPool, List<Listed>> pools = new TreeMap<>();
        long address = random.nextLong();
        for (int more = 1 + random.nextInt(4); more > 0; more--) {
            MemoryPool pool = new MemoryPool(random.nextInt(3), KINDS.get(random.nextInt(KINDS.size())));
            List<Listed> buffers = new ArrayList<>();
            for (int n = random.nextInt(8) == 0 ? 10 + random.nextInt(2) : 1 + random.nextInt(3); n > 0; n--) {
                address += 256;
                // A device allocates nothing for no bytes, and no total would tell where such a buffer is.
                long bytes =
                        random.nextBoolean() ? (1 + random.nextLong(4_000)) << 8 : (1 + random.nextLong(999_999)) << 10;
                buffers.add(new Listed(pool, address, bytes, 1 << 22, 1 + random.nextInt(3)));
            }
            pools.put(pool, buffers);
        }
        return new HeldBuffers(pools);
    }

    boolean names(MemoryPool pool) {
        return pools.containsKey(pool) && pools.get(pool).size() <= MOST_NAMED;
    }

    /** Returns the buffers that a dump names, in its order. */
    List<Listed> named() {
        return pools.entrySet().stream()
                .filter(pool -> names(pool.getKey()))
                .flatMap(pool -> pool.getValue().stream())
                .toList();
    }

    Map<MemoryPool, Long> counts() {
        Map<MemoryPool, Long> counts = new TreeMap<>();
        pools.forEach((pool, buffers) -> counts.put(pool, (long) buffers.size()));
        return counts;
    }

    long count() {
        return counts().values().stream().mapToLong(Long::longValue).sum();
    }

    MemoryTotals totals() {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        pools.forEach((pool, buffers) -> buffers.forEach(buffer -> totals.add(pool, buffer.bytes())));
        return totals.build();
    }

    /** Returns the lines of the dump. */
    List<String> lines(SplittableRandom random) {
        List<String> lines = new ArrayList<>();
        lines.add("║   REMAINING ALLOCATED BUFFERS    ║");
        lines.add("Total tracked allocations: " + count());
        int device = -1;
        for (Map.Entry<MemoryPool, List<Listed>> pool : pools.entrySet()) {
            if (device != pool.getKey().device()) {
                device = pool.getKey().device();
                lines.add("Device " + device + ":");
            }
            lines.add("  " + pool.getKey().kind() + ": " + pool.getValue().size() + " buffers, 0.25 MB total");
            if (names(pool.getKey())) {
                pool.getValue().forEach(buffer -> lines.add(line(buffer, random)));
            }
        }
        lines.add("Total remaining buffers: " + count());
        return lines;
    }

    private static String line(Listed buffer, SplittableRandom random) {
        String address = random.nextBoolean()
                ? "0x" + Long.toHexString(buffer.address())
                : Long.toUnsignedString(buffer.address());
        BigDecimal kib = BigDecimal.valueOf(buffer.bytes()).divide(BigDecimal.valueOf(1024));
        return BUFFER + address + ": " + kib.stripTrailingZeros().toPlainString() + " KB (PID " + buffer.processId()
                + ", ref_count=" + buffer.refCount() + ")";
    }
}

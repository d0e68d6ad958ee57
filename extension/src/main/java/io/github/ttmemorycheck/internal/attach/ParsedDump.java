package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.Map;

/**
 * One dump that a server printed. It names buffers only of those kinds of which a device has 10 or fewer.
 *
 * @param buffers the buffers that are named, in the order of the text
 * @param counts how many buffers there are of each kind on each device
 * @param total how many there are in all
 * @param malformed lines that look like a part of a dump and are none
 */
record ParsedDump(List<Listed> buffers, Map<MemoryPool, Long> counts, long total, int malformed) {

    /**
     * A buffer, as a line of the dump describes it.
     *
     * @param bytes its size; the text has six significant digits, so that sizes of 1 MB and more may be rounded
     */
    record Listed(MemoryPool pool, long address, long bytes, int processId, long refCount) {}

    /**
     * Returns whether every buffer of a kind on a device is named. Where the line of a device was lost, its buffers are
     * listed as those of the device before, which only totals tell.
     */
    boolean names(MemoryPool pool) {
        long listed =
                buffers.stream().filter(buffer -> buffer.pool().equals(pool)).count();
        return isWhole() && listed == counts.getOrDefault(pool, 0L);
    }

    /** Returns whether the dump speaks of all buffers, named or counted. */
    boolean isWhole() {
        return malformed == 0
                && counts.values().stream().mapToLong(Long::longValue).sum() == total;
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processes that ended while they held memory, each once, as long as an open mark is older. What an ended process
 * leaves stays in the regions until another one attaches. Not thread-safe.
 */
final class EndedProcesses {

    private record Remains(Region region, int slot, KnownProcess process) {}

    private record Entry(long number, EndedProcess process) {}

    private Set<Remains> seen = new HashSet<>();
    private Set<Remains> seenNow = new HashSet<>();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long count;

    void begin() {
        seenNow = new HashSet<>();
    }

    /** Notes what an ended process left in a slot, and returns whether that is news. */
    boolean isNew(Region region, ProcessSlot slot, KnownProcess process) {
        Remains remains = new Remains(region, slot.number(), process);
        seenNow.add(remains);
        return !seen.contains(remains);
    }

    /** Ends a reading: enters those that were news, with what they left. */
    void end(Map<KnownProcess, MemoryTotals> news) {
        seen = seenNow;
        news.forEach((process, held) -> {
            if (!held.isZero()) {
                count++;
                entries.add(new Entry(count, new EndedProcess(process.processId(), process.command(), 0, held)));
            }
        });
    }

    /** Returns how many there were up to now. */
    long count() {
        return count;
    }

    List<EndedProcess> after(long number) {
        return entries.stream()
                .filter(entry -> entry.number() > number)
                .map(Entry::process)
                .toList();
    }

    /** Forgets those that no open mark needs. */
    void forgetUpTo(long number) {
        while (!entries.isEmpty() && entries.getFirst().number() <= number) {
            entries.removeFirst();
        }
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.sharedmemory.KnownProcesses.KnownProcess;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
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

    private Set<Remains> seen = new HashSet<>();
    private Set<Remains> seenNow = new HashSet<>();
    private final List<EndedProcess> entries = new ArrayList<>();

    /** How many entries there were before those that are kept. */
    private long forgotten;

    /** Notes what an ended process left in a slot, and returns whether that is news. */
    boolean isNew(Region region, RegionContent.Slot slot, KnownProcess process) {
        Remains remains = new Remains(region, slot.number(), process);
        seenNow.add(remains);
        return !seen.contains(remains);
    }

    /** Ends a reading: enters those that were news, with what they left. */
    void end(Map<KnownProcess, MemoryTotals> news) {
        seen = seenNow;
        seenNow = new HashSet<>();
        news.forEach((process, held) -> {
            if (!held.isZero()) {
                entries.add(new EndedProcess(process.processId(), process.command(), 0, held));
            }
        });
    }

    /** Returns how many there were up to now. */
    long count() {
        return forgotten + entries.size();
    }

    /** Returns those that came after the first so many. */
    List<EndedProcess> after(long number) {
        return entries.stream().skip(number - forgotten).toList();
    }

    /** Forgets the first so many, which no open mark needs. */
    void forgetUpTo(long number) {
        entries.subList(0, (int) (number - forgotten)).clear();
        forgotten = number;
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads all regions, and tells the living from those that have ended. Counts what changes from survey to survey.
 *
 * <p>Figures are those of the slots of living processes; the totals that a region keeps still hold what ended processes
 * left. Not thread-safe.
 */
final class Surveyor implements AutoCloseable {

    private static final int ATTEMPTS = 10;

    private final RegionDirectory directory;
    private final KnownProcesses processes;
    private final boolean looksAtAll;
    private final EndedLog ended = new EndedLog();
    private final Map<Region, Seen> seen = new HashMap<>();
    private long changes;

    /** What a region held in the last survey. */
    private record Seen(RegionReading reading, long lastUpdate, long bytes) {}

    /**
     * Makes a surveyor.
     *
     * @param looksAtAll whether every process is looked at; then any change of a region counts
     */
    Surveyor(RegionDirectory directory, KnownProcesses processes, boolean looksAtAll) {
        this.directory = directory;
        this.processes = processes;
        this.looksAtAll = looksAtAll;
    }

    EndedLog ended() {
        return ended;
    }

    /** Returns how many changes were seen. */
    long changes() {
        return changes;
    }

    /**
     * Reads all regions.
     *
     * @param thorough whether to list the directory even if it does not seem to have changed
     * @throws RegionUnreadableException when one of them cannot be read
     */
    Survey survey(boolean thorough) {
        processes.begin();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            directory.refresh(thorough || attempt > 0);
            noteGone();
            Map<Region, RegionReading> readings = read();
            if (readings != null) {
                Survey survey = summary(readings);
                processes.end();
                return survey;
            }
        }
        throw new RegionUnreadableException(
                "regions were replaced each of the " + ATTEMPTS
                        + " times they were looked for; measure when devices are" + " neither opened nor closed",
                null);
    }

    private void noteGone() {
        for (Region region : directory.takeGone()) {
            region.close();
            Seen last = seen.remove(region);
            changes++;
            if (last != null && last.bytes() > 0) {
                SharedMemoryLog.log()
                        .warn("the shared-memory region " + region.file().path()
                                + " was deleted or replaced while it said that living processes held "
                                + ByteSize.format(last.bytes()) + "; that is not counted any more");
            }
        }
    }

    private @Nullable Map<Region, RegionReading> read() {
        Map<Region, RegionReading> readings = new HashMap<>();
        for (Region region : directory.regions()) {
            RegionReading reading = region.read(processes);
            if (region.isReplaced()) {
                return null;
            }
            if (reading != null) {
                readings.put(region, reading);
            }
        }
        return readings;
    }

    private Survey summary(Map<Region, RegionReading> readings) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        Map<KnownProcess, MemoryTotals.Builder> living = new HashMap<>();
        Map<KnownProcess, MemoryTotals.Builder> dead = new HashMap<>();
        Map<KnownProcess, MemoryTotals.Builder> news = new HashMap<>();
        TreeMap<Integer, List<String>> chips = new TreeMap<>();
        ended.begin();
        for (Region region : directory.regions()) {
            RegionReading reading = readings.get(region);
            if (reading == null) {
                continue;
            }
            int device = reading.device();
            totals.add(device, MemoryKind.DRAM, 0);
            chips.computeIfAbsent(device, none -> new ArrayList<>()).add(region.chip());
            long bytes = 0;
            for (SlotReading slot : reading.slots()) {
                KnownProcess process = processes.get(slot.processId());
                process.nameIfUnknown(() -> region.nameIn(slot));
                if (processes.isAlive(process)) {
                    slot.addTo(totals, device);
                    bytes = slot.addTo(bytes);
                    slot.addTo(of(living, process), device);
                } else {
                    slot.addTo(of(dead, process), device);
                    if (ended.isNew(region, slot, process)) {
                        slot.addTo(of(news, process), device);
                    }
                }
            }
            count(region, reading, bytes);
        }
        ended.end(built(news));
        return new Survey(totals.build(), built(living), built(dead), chips);
    }

    private void count(Region region, RegionReading reading, long bytes) {
        Seen now = new Seen(reading, looksAtAll ? region.lastUpdate() : 0, bytes);
        if (!now.equals(seen.put(region, now))) {
            changes++;
        }
    }

    private static MemoryTotals.Builder of(Map<KnownProcess, MemoryTotals.Builder> held, KnownProcess process) {
        return held.computeIfAbsent(process, none -> MemoryTotals.builder());
    }

    private static Map<KnownProcess, MemoryTotals> built(Map<KnownProcess, MemoryTotals.Builder> held) {
        Map<KnownProcess, MemoryTotals> totals = new HashMap<>();
        held.forEach((process, builder) -> totals.put(process, builder.build()));
        return totals;
    }

    @Override
    public void close() {
        directory.close();
        processes.close();
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads all regions, and tells the living from those that have ended. Counts what changes from survey to survey.
 *
 * <p>Figures are those of the slots of living processes; the totals that a region keeps still hold what ended processes
 * left. Not thread-safe.
 */
final class Surveyor implements AutoCloseable {

    private final RegionDirectory directory;
    private final KnownProcesses processes;
    private final boolean looksAtAll;
    private final EndedLog ended = new EndedLog();
    private final List<Region> deleted = new ArrayList<>();
    private Map<Region, Seen> seen = Map.of();
    private @Nullable Survey last;
    private long changes;

    /** What a region held in the last survey. */
    private record Seen(RegionReading reading, long lastUpdate) {}

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
        directory.refresh(thorough);
        noteGone();
        Survey survey = survey(read());
        processes.end();
        return survey;
    }

    /**
     * A region whose file has gone is kept while living processes write to it: they have it mapped, and this process
     * has it open, so that it goes on telling the truth about them.
     */
    private void noteGone() {
        for (Region region : directory.takeGone()) {
            changes++;
            if (region.isReadable() && writers(region.read(processes)) > 0) {
                deleted.add(region);
                SharedMemoryLog.log()
                        .warn("the shared-memory region " + region.file().path()
                                + " was deleted or replaced while living processes write to it; it is read on until they"
                                + " let go of it");
            } else {
                region.close();
            }
        }
    }

    private long writers(@Nullable RegionReading reading) {
        return reading == null
                ? 0
                : reading.slots().stream()
                        .filter(slot -> processes.isAlive(processes.get(slot.processId())))
                        .count();
    }

    private Map<Region, RegionReading> read() {
        Map<Region, RegionReading> readings = new LinkedHashMap<>();
        for (Region region : directory.regions()) {
            RegionReading reading = region.read(processes);
            if (reading != null) {
                readings.put(region, reading);
            }
        }
        for (Region region : List.copyOf(deleted)) {
            RegionReading reading = withoutMoved(region, region.read(processes), readings);
            if (writers(reading) > 0) {
                readings.put(region, Objects.requireNonNull(reading));
            } else {
                deleted.remove(region);
                region.close();
            }
        }
        return readings;
    }

    /** A process that stands in a newer region of the same chip has moved there. */
    private static @Nullable RegionReading withoutMoved(
            Region region, @Nullable RegionReading reading, Map<Region, RegionReading> readings) {
        if (reading == null) {
            return null;
        }
        Set<Integer> moved = new HashSet<>();
        readings.forEach((other, newer) -> {
            if (other.chip().equals(region.chip())) {
                newer.slots().forEach(slot -> moved.add(slot.processId()));
            }
        });
        List<SlotReading> stayed = reading.slots().stream()
                .filter(slot -> !moved.contains(slot.processId()))
                .toList();
        return new RegionReading(reading.device(), stayed);
    }

    /** Returns the last survey as long as nothing has changed: making it anew takes 6 µs of 64 slots. */
    private Survey survey(Map<Region, RegionReading> readings) {
        Map<Region, Seen> now = new LinkedHashMap<>();
        readings.forEach((region, reading) -> now.put(region, new Seen(reading, looksAtAll ? region.lastUpdate() : 0)));
        Survey survey = last;
        if (survey == null || !now.equals(seen) || !survey.isStillTrueOf(processes)) {
            last = null;
            survey = summary(readings);
            count(now);
            last = survey;
        }
        return survey;
    }

    private Survey summary(Map<Region, RegionReading> readings) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        Map<KnownProcess, MemoryTotals.Builder> living = new HashMap<>();
        Map<KnownProcess, MemoryTotals.Builder> dead = new HashMap<>();
        Map<KnownProcess, MemoryTotals.Builder> news = new HashMap<>();
        TreeMap<Integer, List<String>> chips = new TreeMap<>();
        ended.begin();
        readings.forEach((region, reading) -> {
            int device = reading.device();
            totals.add(device, MemoryKind.DRAM, 0);
            List<String> ofDevice = chips.computeIfAbsent(device, none -> new ArrayList<>());
            if (!ofDevice.contains(region.chip())) {
                ofDevice.add(region.chip());
            }
            for (SlotReading slot : reading.slots()) {
                KnownProcess process = processes.get(slot.processId());
                process.nameIfUnknown(() -> region.nameIn(slot));
                if (processes.isAlive(process)) {
                    slot.addTo(totals, device);
                    slot.addTo(of(living, process), device);
                } else {
                    slot.addTo(of(dead, process), device);
                    if (ended.isNew(region, slot, process)) {
                        slot.addTo(of(news, process), device);
                    }
                }
            }
        });
        ended.end(built(news));
        return new Survey(totals.build(), built(living), built(dead), chips);
    }

    private void count(Map<Region, Seen> now) {
        now.forEach((region, held) -> {
            if (!held.equals(seen.get(region))) {
                changes++;
            }
        });
        seen = now;
    }

    private static MemoryTotals.Builder of(Map<KnownProcess, MemoryTotals.Builder> held, KnownProcess process) {
        return held.computeIfAbsent(process, none -> MemoryTotals.builder());
    }

    /** Returns what was collected, by process number. */
    private static Map<KnownProcess, MemoryTotals> built(Map<KnownProcess, MemoryTotals.Builder> held) {
        List<Map.Entry<KnownProcess, MemoryTotals.Builder>> sorted = new ArrayList<>(held.entrySet());
        sorted.sort(Comparator.comparingInt(entry -> entry.getKey().processId()));
        Map<KnownProcess, MemoryTotals> totals = new LinkedHashMap<>();
        sorted.forEach(entry -> totals.put(entry.getKey(), entry.getValue().build()));
        return totals;
    }

    @Override
    public void close() {
        directory.close();
        deleted.forEach(Region::close);
        deleted.clear();
        processes.close();
    }
}

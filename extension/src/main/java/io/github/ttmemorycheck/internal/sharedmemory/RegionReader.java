package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.sharedmemory.KnownProcesses.KnownProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads all regions, separates living processes from those that have ended, and counts what changes. Figures are those
 * of the slots of living processes: the totals that a region keeps still hold what ended ones left. Not thread-safe.
 */
final class RegionReader implements AutoCloseable {

    private static final Comparator<KnownProcess> BY_NUMBER = Comparator.comparingInt(KnownProcess::processId);

    private final RegionDirectory directory;
    private final KnownProcesses processes;
    private final boolean countsAll;
    private final EndedProcesses ended = new EndedProcesses();
    private final List<Region> deleted = new ArrayList<>();
    private Map<Region, Seen> seen = Map.of();
    private @Nullable RegionSnapshot last;
    private long changes;

    /** What a region held in the last reading. */
    private record Seen(RegionContent content, long lastUpdate) {}

    /** What processes hold, added up. */
    private static final class HeldByProcess {

        private final Map<KnownProcess, MemoryTotals.Builder> held = new TreeMap<>(BY_NUMBER);

        MemoryTotals.Builder of(KnownProcess process) {
            return held.computeIfAbsent(process, none -> MemoryTotals.builder());
        }

        /** Returns it in order, by the process itself: a later one of its number is another. */
        Map<KnownProcess, MemoryTotals> built() {
            Map<KnownProcess, MemoryTotals> totals = new LinkedHashMap<>();
            held.forEach((process, builder) -> totals.put(process, builder.build()));
            return totals;
        }
    }

    /** Makes a reader that takes any change of a region for activity where every process counts. */
    RegionReader(RegionDirectory directory, KnownProcesses processes, boolean countsAll) {
        this.directory = directory;
        this.processes = processes;
        this.countsAll = countsAll;
    }

    EndedProcesses ended() {
        return ended;
    }

    /** Returns what each process holds that does not count, as it was read last. */
    Map<Integer, MemoryTotals> others() {
        Map<Integer, MemoryTotals.Builder> held = new TreeMap<>();
        seen.forEach((region, was) -> region.others().stream()
                .filter(slot -> slot.isPlausible())
                .forEach(slot -> slot.addTo(
                        held.computeIfAbsent(slot.processId(), none -> MemoryTotals.builder()),
                        was.content().device())));
        Map<Integer, MemoryTotals> totals = new TreeMap<>();
        held.forEach((process, builder) -> totals.put(process, builder.build()));
        return totals;
    }

    /** Returns the regions of other users, which are not read. */
    Set<Path> refused() {
        return directory.refused();
    }

    long changes() {
        return changes;
    }

    /** Reads all regions; a thorough reading lists the directory even if it does not seem to have changed. */
    RegionSnapshot read(boolean thorough) {
        processes.begin();
        directory.refresh(thorough);
        noteGone();
        RegionSnapshot snapshot = snapshot(readEach());
        processes.end();
        return snapshot;
    }

    /** Keeps a region whose file has gone while living processes, which have it mapped, write to it. */
    private void noteGone() {
        for (Region region : directory.takeGone()) {
            changes++;
            if (region.wasReady() && hasWriters(region.read(processes::counts))) {
                deleted.add(region);
                UnreadableRegion.log()
                        .warn("the shared-memory region " + region.file().path()
                                + " was deleted or replaced while living processes write to it; it is read on until"
                                + " they let go of it");
            } else {
                region.close();
            }
        }
    }

    private boolean hasWriters(@Nullable RegionContent content) {
        return content != null
                && content.slots().stream()
                        .anyMatch(slot -> processes.get(slot.processId()).isAlive());
    }

    private Map<Region, RegionContent> readEach() {
        Map<Region, RegionContent> contents = new LinkedHashMap<>();
        for (Region region : directory.regions()) {
            RegionContent content = region.read(processes::counts);
            refuseIfCrowded(region);
            if (content != null) {
                contents.put(region, content);
            }
        }
        for (Region region : List.copyOf(deleted)) {
            RegionContent content = region.read(processes::counts);
            RegionContent stayed = content == null ? null : content.without(moved(region, contents));
            if (hasWriters(stayed)) {
                contents.put(region, Objects.requireNonNull(stayed));
            } else {
                deleted.remove(region);
                region.close();
            }
        }
        return contents;
    }

    /** All slots may be of the dead, which no writer frees: nobody is missing then unless somebody uses the region. */
    private void refuseIfCrowded(Region region) {
        List<Integer> crowd = region.crowd();
        if (!crowd.isEmpty()) {
            long living = crowd.stream().filter(processes::mayLive).count() + processes.mapping(region.file());
            if (living > 0) {
                throw region.crowded(living);
            }
        }
    }

    /** Returns the processes that stand in a newer region of the same chip, and so have moved there. */
    private static Set<Integer> moved(Region deleted, Map<Region, RegionContent> contents) {
        return contents.entrySet().stream()
                .filter(newer -> newer.getKey().chip().equals(deleted.chip()))
                .flatMap(newer -> newer.getValue().slots().stream())
                .map(RegionContent.Slot::processId)
                .collect(Collectors.toSet());
    }

    /** Returns the last snapshot as long as nothing has changed: making it anew takes 6 µs of 64 slots. */
    private RegionSnapshot snapshot(Map<Region, RegionContent> contents) {
        Map<Region, Seen> now = new LinkedHashMap<>();
        contents.forEach((region, content) -> now.put(region, new Seen(content, countsAll ? region.lastUpdate() : 0)));
        RegionSnapshot snapshot = last;
        if (snapshot == null || !now.equals(seen) || !snapshot.isStillTrueOf(processes)) {
            snapshot = added(contents);
            last = snapshot;
            changes += now.entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(seen.get(entry.getKey())))
                    .count();
            seen = now;
        }
        return snapshot;
    }

    private RegionSnapshot added(Map<Region, RegionContent> contents) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        HeldByProcess living = new HeldByProcess();
        HeldByProcess dead = new HeldByProcess();
        HeldByProcess news = new HeldByProcess();
        TreeMap<Integer, List<String>> chips = new TreeMap<>();
        contents.forEach((region, content) -> {
            int device = content.device();
            totals.add(device, MemoryKind.DRAM, 0);
            List<String> ofDevice = chips.computeIfAbsent(device, none -> new ArrayList<>());
            if (!ofDevice.contains(region.chip())) {
                ofDevice.add(region.chip());
            }
            for (RegionContent.Slot slot : content.slots()) {
                KnownProcess process = processes.get(slot.processId());
                process.nameIfUnknown(() -> region.nameIn(slot));
                if (process.isAlive()) {
                    slot.addTo(totals, device);
                    slot.addTo(living.of(process), device);
                } else {
                    slot.addTo(dead.of(process), device);
                    if (ended.isNew(region, slot, process)) {
                        slot.addTo(news.of(process), device);
                    }
                }
            }
        });
        ended.end(news.built());
        return new RegionSnapshot(totals.build(), living.built(), dead.built(), chips);
    }

    @Override
    public void close() {
        directory.close();
        deleted.forEach(Region::close);
        deleted.clear();
        processes.close();
    }
}

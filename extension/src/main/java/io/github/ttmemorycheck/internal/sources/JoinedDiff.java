package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What several sources say that changed, as one.
 *
 * @param diffs what each says, who knows most first
 * @param speaker who speaks for a device and kind
 */
record JoinedDiff(Map<Source, SnapshotDiff> diffs, Function<MemoryPool, Optional<Source>> speaker) {

    private boolean speaks(Source source, MemoryPool pool) {
        return speaker.apply(pool).filter(source::equals).isPresent();
    }

    /** Returns the joined diff, with what is left by processes that those who speak have never heard of. */
    SnapshotDiff diff(Map<MemoryPool, Long> unheard) {
        MemoryTotals.Builder before = MemoryTotals.builder();
        MemoryTotals.Builder after = MemoryTotals.builder();
        Map<MemoryPool, Long> inTotals = new HashMap<>(unheard);
        unheard.forEach(after::add);
        Map<Integer, String> commands = new HashMap<>();
        Map<Integer, EndedProcess> ended = new TreeMap<>();
        List<ProcessUse> processes = new ArrayList<>();
        diffs.forEach((source, diff) -> {
            addSpoken(before, source, diff.before());
            addSpoken(after, source, diff.after());
            MemoryTotals left = leftInTotals(source, diff);
            left.pools().stream()
                    .filter(pool -> speaks(source, pool))
                    .forEach(pool -> inTotals.merge(pool, left.of(pool), ByteSize::sum));
            diff.commands().forEach(commands::putIfAbsent);
            diff.ended().forEach(process -> ended.putIfAbsent(process.processId(), process));
            processes.addAll(spokenRises(source, diff));
        });
        return new SnapshotDiff(
                before.build(),
                after.build(),
                diffs.keySet().stream().anyMatch(source -> source.tracker().knowsBuffers()),
                buffers(SnapshotDiff::left),
                buffers(SnapshotDiff::released),
                List.copyOf(ended.values()),
                commands,
                processes,
                diffs.values().stream().flatMap(diff -> diff.faults().stream()).toList(),
                inTotals);
    }

    private void addSpoken(MemoryTotals.Builder totals, Source source, MemoryTotals figures) {
        figures.pools().stream()
                .filter(pool -> speaks(source, pool))
                .forEach(pool -> totals.add(pool, figures.of(pool)));
    }

    /** Returns what is left and known by no buffer; of a tracker that names buffers only now and then it is all. */
    private static MemoryTotals leftInTotals(Source source, SnapshotDiff diff) {
        if (!source.tracker().knowsBuffers()) {
            return diff.buffersKnown() ? diff.after().risenSince(diff.before()) : diff.leftTotals();
        }
        MemoryTotals.Builder totals = MemoryTotals.builder();
        diff.leftInTotals().forEach(totals::add);
        return totals.build();
    }

    private List<DeviceBuffer> buffers(Function<SnapshotDiff, List<DeviceBuffer>> list) {
        return diffs.entrySet().stream()
                .filter(entry -> entry.getKey().tracker().knowsBuffers())
                .flatMap(entry ->
                        list.apply(entry.getValue()).stream().filter(buffer -> speaks(entry.getKey(), buffer.pool())))
                .toList();
    }

    private List<ProcessUse> spokenRises(Source source, SnapshotDiff diff) {
        return diff.processes().stream()
                .map(use -> new ProcessUse(use.processId(), use.command(), counted(source, use)))
                .filter(use -> !use.held().isZero())
                .toList();
    }

    private MemoryTotals counted(Source source, ProcessUse use) {
        MemoryTotals.Builder held = MemoryTotals.builder();
        use.held().pools().stream()
                .filter(pool -> speaks(source, pool) || isUnheard(source, pool, use))
                .forEach(pool -> held.add(pool, use.held().of(pool)));
        return held.build();
    }

    private boolean isUnheard(Source source, MemoryPool pool, ProcessUse use) {
        return speaker.apply(pool)
                .filter(other -> other != source && !other.tracker().hasHeardOf(use.processId()))
                .isPresent();
    }

    /** Returns what is left by processes of which those who speak have never heard, by the figures of the others. */
    Map<MemoryPool, Long> leftByUnheard() {
        Map<MemoryPool, Long> left = new HashMap<>();
        diffs.forEach((source, diff) -> diff.processes()
                .forEach(use -> use.held().pools().stream()
                        .filter(pool -> use.held().of(pool) > 0 && isUnheard(source, pool, use))
                        .forEach(pool -> left.merge(pool, use.held().of(pool), ByteSize::sum))));
        return left;
    }

    /** Returns the sources that know such processes. */
    List<Source> tellingOfUnheard() {
        return diffs.entrySet().stream()
                .filter(entry -> entry.getValue().processes().stream()
                        .anyMatch(use -> use.held().pools().stream()
                                .anyMatch(pool -> use.held().of(pool) > 0 && isUnheard(entry.getKey(), pool, use))))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Says where a source reports another amount than the one that speaks, a sentence for each source. */
    List<String> disagreements() {
        if (diffs.size() < 2 || diffs.values().stream().allMatch(SnapshotDiff::isClean)) {
            return List.of();
        }
        Map<Source, MemoryTotals> left = new HashMap<>();
        diffs.forEach((source, diff) -> left.put(source, heard(source, diff)));
        List<String> said = new ArrayList<>();
        left.forEach((source, figures) -> {
            List<MemoryPool> differing = figures.pools().stream()
                    .filter(pool -> pool.kind() != MemoryKind.CIRCULAR_BUFFER && source.knows(pool))
                    .filter(pool -> counted(left, pool) != figures.of(pool))
                    .toList();
            if (!differing.isEmpty()) {
                said.add(disagreement(source, figures, left, differing));
            }
        });
        return said;
    }

    private long counted(Map<Source, MemoryTotals> left, MemoryPool pool) {
        return speaker.apply(pool)
                .map(source -> left.getOrDefault(source, MemoryTotals.NONE))
                .orElse(MemoryTotals.NONE)
                .of(pool);
    }

    private String disagreement(
            Source source, MemoryTotals figures, Map<Source, MemoryTotals> left, List<MemoryPool> differing) {
        MemoryPool pool = differing.get(0);
        String counting =
                speaker.apply(pool).map(other -> other.tracker().description()).orElse("others");
        String more = differing.size() == 1 ? "" : "; " + (differing.size() - 1) + " more of its figures differ";
        return "the " + source.tracker().description() + " reports " + ByteSize.format(figures.of(pool)) + " of "
                + pool.kind() + " left on device " + pool.device() + ", and the " + counting
                + ", which counts, reports "
                + ByteSize.format(counted(left, pool)) + more;
    }

    /** Returns what a source says is left, but for what counts by its figures as those of an unheard process. */
    private MemoryTotals heard(Source source, SnapshotDiff diff) {
        MemoryTotals all = diff.leftTotals();
        Map<MemoryPool, Long> unheard = new HashMap<>();
        diff.processes()
                .forEach(use -> use.held().pools().stream()
                        .filter(pool -> isUnheard(source, pool, use))
                        .forEach(pool -> unheard.merge(pool, use.held().of(pool), ByteSize::sum)));
        MemoryTotals.Builder left = MemoryTotals.builder();
        all.pools().forEach(pool -> left.add(pool, Math.max(0, all.of(pool) - unheard.getOrDefault(pool, 0L))));
        return left.build();
    }
}

package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.DeviceRow;
import io.github.ttmemorycheck.internal.text.ProcessNames;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker.Mark;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker.Room;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.OtherCache;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The note on a test that failed by itself while others held device memory: perhaps it found none left. Others are
 * earlier tests, earlier invocations of the same one, what no test left, as the memory of a fixture, and the program
 * caches.
 */
final class HolderNote {

    private static final int HOLDERS = 5;
    private static final int COLUMNS_OF_A_PROCESS = 60;

    /** The kinds that a device has a fixed amount of. */
    private static final Set<MemoryKind> IN_BANKS =
            EnumSet.complementOf(EnumSet.of(MemoryKind.CIRCULAR_BUFFER, MemoryKind.KERNEL));

    private HolderNote() {}

    /** What one holder holds of one kind of memory on one device. */
    private static final class Share {

        private final MemoryHolder holder;
        private final MemoryPool pool;
        private final Set<Subject> subjects = new HashSet<>();
        private long bytes;

        Share(MemoryHolder holder, MemoryPool pool) {
            this.holder = holder;
            this.pool = pool;
        }
    }

    /**
     * Writes the note; empty when nobody else holds anything, or that is not known, which is logged.
     *
     * @param mark the state before the test, since what it allocated itself is not named; empty where it is not known
     * @param sharedRise by how much what is shared rose since then, where totals are known alone
     * @param cache what was found in the program caches right after the test
     */
    static Optional<String> on(
            Subject failed, Run run, Optional<Mark> mark, Supplier<MemoryTotals> sharedRise, CacheRelease cache) {
        try {
            MemorySnapshot now = run.tracker().snapshot();
            List<HoldersInTotals.Part> inTotals = HoldersInTotals.of(run, now, mark.map(Mark::totals), sharedRise.get())
                    .parts(KnownInTotals.of(now, run.tracker()));
            Collection<Share> held = held(now, run, mark, inTotals);
            ProcessNames processes = new ProcessNames(
                    run.processes().named(now.commands(), now.buffers()),
                    ProcessHandle.current().pid());
            List<String> sentences = new ArrayList<>(sentences(rows(held), processes));
            cached(cache).ifPresent(sentences::add);
            cache.others().forEach(other -> named(other).ifPresent(sentences::add));
            sentences.addAll(room(now, run));
            return sentences.isEmpty()
                    ? Optional.empty()
                    : Optional.of(heading(held) + (inTotals.isEmpty() ? "" : ", by the differences of totals") + "\n\n"
                            + sentences.stream()
                                    .flatMap(sentence -> Wrapping.hanging("  ", sentence, "      ").stream())
                                    .collect(Collectors.joining("\n")));
        } catch (TrackerException unknown) {
            run.log().warn("who holds device memory while " + failed + " failed is not known", unknown);
            return Optional.empty();
        }
    }

    private static Optional<String> named(OtherCache cache) {
        return cache.released().isZero()
                ? Optional.empty()
                : Optional.of("the cache '" + cache.name() + "' held "
                        + Wording.list(
                                Amount.texts(cache.released(), cache.released().devices())));
    }

    /**
     * Says what is free where the device tells it, whoever holds the rest, be it the test alone: there may be much, and
     * no block of it large enough.
     */
    private static List<String> room(MemorySnapshot now, Run run) {
        record Free(MemoryKind kind, Room room) {}
        Map<Free, SortedSet<Integer>> devices = new LinkedHashMap<>();
        now.totals().pools().stream()
                .filter(pool -> IN_BANKS.contains(pool.kind()) && now.totals().of(pool) > 0)
                .sorted()
                .forEach(pool -> run.tracker()
                        .room(pool)
                        .ifPresent(
                                room -> devices.computeIfAbsent(new Free(pool.kind(), room), unseen -> new TreeSet<>())
                                        .add(pool.device())));
        return devices.entrySet().stream()
                .map(of -> ByteSize.format(of.getKey().room().free()) + " of "
                        + of.getKey().kind() + " are free on " + (of.getValue().size() == 1 ? "" : "each of ")
                        + DeviceRanges.named(of.getValue()) + ", the largest free block is "
                        + ByteSize.format(of.getKey().room().largest()))
                .limit(HOLDERS)
                .toList();
    }

    private static String heading(Collection<Share> held) {
        return held.stream().anyMatch(share -> share.holder instanceof MemoryHolder.Test)
                ? "earlier tests held device memory while this one failed"
                : "device memory was held while this test failed";
    }

    private static Collection<Share> held(
            MemorySnapshot now, Run run, Optional<Mark> mark, List<HoldersInTotals.Part> inTotals) {
        Set<Long> own = mark.map(since -> run.tracker().since(since).left().stream()
                        .map(DeviceBuffer::order)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        Map<List<Object>, Share> held = new HashMap<>();
        for (DeviceBuffer buffer : KnownInTotals.buffers(now, run.tracker())) {
            Optional<String> shared = run.shared().nameOf(buffer);
            Optional<Subject> left =
                    shared.isPresent() ? Optional.empty() : run.ledger().holder(buffer);
            boolean before = mark.isPresent() && !own.contains(buffer.order());
            if (left.isPresent() || shared.isPresent() || before) {
                MemoryHolder holder = shared.<MemoryHolder>map(MemoryHolder.Shared::new)
                        .or(() -> left.map(test -> new MemoryHolder.Test(test.repetitions())))
                        .orElseGet(() -> new MemoryHolder.Owner(buffer.processId()));
                Share share = held.computeIfAbsent(
                        List.of(holder, buffer.pool()), unseen -> new Share(holder, buffer.pool()));
                left.ifPresent(share.subjects::add);
                share.bytes = ByteSize.sum(share.bytes, buffer.size());
            }
        }
        for (HoldersInTotals.Part part : inTotals) {
            Share share = held.computeIfAbsent(
                    List.of(part.holder(), part.pool()), unseen -> new Share(part.holder(), part.pool()));
            part.subject().ifPresent(share.subjects::add);
            share.bytes = ByteSize.sum(share.bytes, part.bytes());
        }
        return held.values();
    }

    private static List<DeviceRow<Share>> rows(Collection<Share> held) {
        return DeviceRow.fold(
                held,
                share -> share.pool.device(),
                share -> List.of(share.holder, share.subjects, share.pool.kind(), share.bytes));
    }

    /** Writes what is held, the most on all devices together first. */
    private static List<String> sentences(List<DeviceRow<Share>> rows, ProcessNames processes) {
        record Line(String text, long bytes) {}
        List<Line> largest = rows.stream()
                .map(row -> new Line(
                        sentence(row, processes),
                        ByteSize.sum(row.items().stream().mapToLong(share -> share.bytes))))
                .sorted(Comparator.comparingLong(Line::bytes).reversed().thenComparing(Line::text))
                .toList();
        List<String> texts = new ArrayList<>();
        largest.stream().limit(HOLDERS).map(Line::text).forEach(texts::add);
        if (largest.size() > HOLDERS) {
            texts.add("... and " + (largest.size() - HOLDERS) + " more");
        }
        return texts;
    }

    private static String sentence(DeviceRow<Share> row, ProcessNames processes) {
        Share share = row.first();
        String holds = " holds " + amount(share.pool.kind(), share.bytes, row.devices());
        if (share.holder instanceof MemoryHolder.Unknown) {
            return amount(share.pool.kind(), share.bytes, row.devices())
                    + " were held before it, left by no checked test";
        }
        if (share.holder instanceof MemoryHolder.Owner owner) {
            return processes.name(owner.processId(), COLUMNS_OF_A_PROCESS) + holds + ", left by no checked test";
        }
        if (share.holder instanceof MemoryHolder.Shared shared) {
            return "shared memory '" + shared.name() + "'" + holds;
        }
        Subject any = share.subjects.iterator().next();
        return share.subjects.size() > 1
                ? any.repetitions() + " in " + Wording.count(share.subjects.size(), "earlier invocation") + holds
                : any.name() + holds;
    }

    private static String amount(MemoryKind kind, long bytes, SortedSet<Integer> devices) {
        return ByteSize.format(bytes) + " of " + kind + " on " + (devices.size() == 1 ? "" : "each of ")
                + DeviceRanges.named(devices);
    }

    /** Programs alone take no device memory; where the cache was not cleared, what they hold is not known. */
    private static Optional<String> cached(CacheRelease cache) {
        MemoryTotals released = cache.released();
        if (released.isZero() && (cache.notCleared().isEmpty() || !cache.mayHoldPrograms())) {
            return Optional.empty();
        }
        List<MemoryPool> held = released.pools().stream()
                .filter(pool -> released.of(pool) > 0)
                .sorted(Comparator.comparing(MemoryPool::kind).thenComparingLong(released::of))
                .toList();
        String amounts =
                DeviceRow.fold(held, MemoryPool::device, pool -> List.of(pool.kind(), released.of(pool))).stream()
                        .map(row -> amount(row.first().kind(), released.of(row.first()), row.devices()))
                        .collect(Collectors.joining(", "));
        return Optional.of(
                "the program cache held " + Wording.programs(cache.programs(), cache.uncounted(), cache.devices())
                        + (amounts.isEmpty() ? "; it was not cleared" : ": " + amounts));
    }
}

package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.runreport.Holding;
import io.github.ttmemorycheck.internal.runreport.LedgerEnd;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads who holds what when a run ends. */
final class LedgerReading {

    private record Key(Optional<Subject> holder, String shared, int processId, MemoryPool pool) {}

    private record Sum(long bytes, long buffers) {

        Sum plus(Sum other) {
            return new Sum(ByteSize.sum(bytes, other.bytes), buffers + other.buffers);
        }
    }

    private LedgerReading() {}

    static LedgerEnd read(MemoryTracker tracker, Ledger ledger, SharedMemory shared) {
        try {
            MemorySnapshot now = tracker.snapshot();
            List<Holding> holdings = new ArrayList<>(ofBuffers(
                    now, buffer -> now.buffersKnown() || tracker.knowsBuffers(buffer.pool()), ledger, shared));
            if (!now.buffersKnown()) {
                holdings.addAll(ofTotals(now.totals(), pool -> !tracker.knowsBuffers(pool), ledger.charged()));
            }
            return LedgerEnd.of(holdings);
        } catch (TrackerException unknown) {
            return LedgerEnd.unknown(String.valueOf(unknown.getMessage()));
        }
    }

    private static List<Holding> ofBuffers(
            MemorySnapshot now, Predicate<DeviceBuffer> counted, Ledger ledger, SharedMemory shared) {
        Map<Key, Sum> held = new HashMap<>();
        now.buffers().stream()
                .filter(counted)
                .forEach(buffer -> held.merge(
                        new Key(
                                ledger.holder(buffer),
                                shared.nameOf(buffer).orElse(""),
                                buffer.processId(),
                                buffer.pool()),
                        new Sum(buffer.size(), 1),
                        Sum::plus));
        List<Holding> holdings = new ArrayList<>();
        held.forEach((key, sum) -> holdings.add(new Holding(
                key.holder(),
                key.shared(),
                key.holder().isPresent(),
                key.processId(),
                now.commands().getOrDefault(key.processId(), ""),
                key.pool(),
                sum.bytes(),
                sum.buffers())));
        return holdings;
    }

    /** Where only totals are known, all that is known is how much of them was charged to tests of this run. */
    private static List<Holding> ofTotals(MemoryTotals now, Predicate<MemoryPool> counted, MemoryTotals charged) {
        List<Holding> holdings = new ArrayList<>();
        for (MemoryPool pool : now.pools()) {
            long bytes = counted.test(pool) ? now.of(pool) : 0;
            long ofTests = Math.min(bytes, charged.of(pool));
            if (ofTests > 0) {
                holdings.add(new Holding(Optional.empty(), true, 0, "", pool, ofTests, 0));
            }
            if (bytes > ofTests) {
                holdings.add(new Holding(Optional.empty(), false, 0, "", pool, bytes - ofTests, 0));
            }
        }
        return holdings;
    }
}

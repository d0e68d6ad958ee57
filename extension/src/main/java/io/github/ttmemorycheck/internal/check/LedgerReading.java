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
            List<Holding> holdings =
                    new ArrayList<>(ofBuffers(now, KnownInTotals.buffers(now, tracker), ledger, shared));
            MemoryTotals inTotals = KnownInTotals.of(now, tracker);
            holdings.addAll(ofTotals(inTotals, ledger.charged(), shared.heldInTotals(inTotals)));
            return LedgerEnd.of(holdings);
        } catch (TrackerException unknown) {
            return LedgerEnd.unknown(String.valueOf(unknown.getMessage()));
        }
    }

    private static List<Holding> ofBuffers(
            MemorySnapshot now, List<DeviceBuffer> buffers, Ledger ledger, SharedMemory shared) {
        Map<Key, Sum> held = new HashMap<>();
        buffers.forEach(buffer -> held.merge(
                new Key(ledger.holder(buffer), shared.nameOf(buffer).orElse(""), buffer.processId(), buffer.pool()),
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

    /** Where only totals are known, all that is known is how much of them is shared, or was charged to tests. */
    private static List<Holding> ofTotals(
            MemoryTotals now, MemoryTotals charged, Map<String, MemoryTotals> sharedByName) {
        List<Holding> holdings = new ArrayList<>();
        for (MemoryPool pool : now.pools()) {
            long rest = now.of(pool);
            for (Map.Entry<String, MemoryTotals> shared : sharedByName.entrySet()) {
                long ofName = shared.getValue().of(pool);
                if (ofName > 0) {
                    holdings.add(new Holding(Optional.empty(), shared.getKey(), false, 0, "", pool, ofName, 0));
                }
                rest -= ofName;
            }
            long ofTests = Math.min(rest, charged.of(pool));
            if (ofTests > 0) {
                holdings.add(new Holding(Optional.empty(), true, 0, "", pool, ofTests, 0));
            }
            if (rest > ofTests) {
                holdings.add(new Holding(Optional.empty(), false, 0, "", pool, rest - ofTests, 0));
            }
        }
        return holdings;
    }
}

package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shares out what is held while a test runs among those who hold it, where totals are known alone: by the differences
 * that were measured. Nobody is given more than is there.
 *
 * @param left who left how much
 * @param shared what each name of shared memory holds
 * @param before what was held when the test began; empty where that is not known
 * @param sharedRise how much of what is shared came since then
 */
record HoldersInTotals(
        LeftInTotals left, Map<String, MemoryTotals> shared, Optional<MemoryTotals> before, MemoryTotals sharedRise) {

    /** What one of them holds; {@code subject} is the test or class that left it, if one did. */
    record Part(MemoryHolder holder, Optional<Subject> subject, MemoryPool pool, long bytes) {}

    /**
     * Makes it.
     *
     * @param before what was held when the test began; empty where that is not known
     */
    static HoldersInTotals of(Run run, MemorySnapshot now, Optional<MemoryTotals> before, MemoryTotals sharedRise) {
        return new HoldersInTotals(
                run.ledger().inTotals(),
                run.shared().heldInTotals(KnownInTotals.of(now, run.tracker())),
                before,
                sharedRise);
    }

    /** Returns who holds it, given all that is held of what is known in totals. */
    List<Part> parts(MemoryTotals now) {
        return now.pools().stream().flatMap(pool -> parts(pool, now.of(pool))).toList();
    }

    private Stream<Part> parts(MemoryPool pool, long now) {
        List<Part> parts = new ArrayList<>();
        long ofShared = 0;
        for (Map.Entry<String, MemoryTotals> name : shared.entrySet()) {
            long bytes = name.getValue().of(pool);
            parts.add(new Part(new MemoryHolder.Shared(name.getKey()), Optional.empty(), pool, bytes));
            ofShared += bytes;
        }
        // What the test holds itself is not shared out: only what was there before it is.
        long ofSharedBefore = Math.max(0, ofShared - sharedRise.of(pool));
        long rest = Math.min(
                now - ofShared,
                before.map(then -> then.of(pool) - ofSharedBefore).orElse(now));
        for (Map.Entry<Subject, Long> test : left.of(pool).entrySet()) {
            long bytes = Math.min(Math.max(0, rest), test.getValue());
            parts.add(new Part(
                    new MemoryHolder.Test(test.getKey().repetitions()), Optional.of(test.getKey()), pool, bytes));
            rest -= bytes;
        }
        // A figure of circular buffers is of the program that runs, or ran last.
        if (before.isPresent() && pool.kind() != MemoryKind.CIRCULAR_BUFFER) {
            parts.add(new Part(new MemoryHolder.Unknown(), Optional.empty(), pool, rest));
        }
        return parts.stream().filter(part -> part.bytes() > 0);
    }
}

package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who left how much, allowed or not, where totals are known alone: by the differences that were measured.
 * Whose memory is freed later is not known then; what was left last counts as freed first. Meant for notes, not for
 * verdicts. Thread-safe.
 */
final class LeftInTotals {

    private final Map<Subject, Map<MemoryPool, Long>> left = new LinkedHashMap<>();

    /** Notes what totals rose and fell by while a test ran. */
    synchronized void test(Subject test, MemoryTotals rise, MemoryTotals fall) {
        fall.pools().forEach(pool -> free(any -> true, pool, fall.of(pool)));
        rise.pools().forEach(pool -> add(test, pool, rise.of(pool)));
    }

    /** Notes what totals rose by while a class ran: its tests left no more than that, and it left the rest itself. */
    synchronized void wholeClass(Subject subject, MemoryTotals rise) {
        Predicate<Subject> ofClass = test -> isIn(test, subject);
        List<MemoryPool> pools = left.entrySet().stream()
                .filter(entry -> ofClass.test(entry.getKey()))
                .flatMap(entry -> entry.getValue().keySet().stream())
                .distinct()
                .toList();
        pools.forEach(pool -> free(ofClass, pool, Math.max(0, sum(ofClass, pool) - rise.of(pool))));
        rise.pools().forEach(pool -> add(subject, pool, rise.of(pool) - sum(ofClass, pool)));
    }

    private static boolean isIn(Subject test, Subject subject) {
        return test.className().equals(subject.className()) || test.className().startsWith(subject.className() + "$");
    }

    private long sum(Predicate<Subject> whose, MemoryPool pool) {
        return ByteSize.sum(left.entrySet().stream()
                .filter(entry -> whose.test(entry.getKey()))
                .mapToLong(entry -> entry.getValue().getOrDefault(pool, 0L)));
    }

    private void add(Subject subject, MemoryPool pool, long bytes) {
        if (bytes > 0) {
            left.computeIfAbsent(subject, unseen -> new HashMap<>()).merge(pool, bytes, ByteSize::sum);
        }
    }

    private void free(Predicate<Subject> whose, MemoryPool pool, long bytes) {
        if (bytes <= 0) {
            return;
        }
        List<Subject> lastFirst = new ArrayList<>(left.keySet());
        Collections.reverse(lastFirst);
        long rest = bytes;
        for (Subject subject : lastFirst) {
            Map<MemoryPool, Long> held = Optional.ofNullable(left.get(subject)).orElse(Map.of());
            long freed = whose.test(subject) ? Math.min(rest, held.getOrDefault(pool, 0L)) : 0;
            if (freed > 0) {
                held.merge(pool, -freed, Long::sum);
                rest -= freed;
            }
        }
        left.values().forEach(held -> held.values().removeIf(none -> none == 0));
        left.values().removeIf(Map::isEmpty);
    }

    /** Returns how much of a kind on a device each left that is not known to be freed, in the order of leaving. */
    synchronized Map<Subject, Long> of(MemoryPool pool) {
        Map<Subject, Long> ofPool = new LinkedHashMap<>();
        left.forEach((subject, held) -> {
            if (held.containsKey(pool)) {
                ofPool.put(subject, held.getOrDefault(pool, 0L));
            }
        });
        return ofPool;
    }
}

package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.text.DeviceRanges.DeviceRange;
import io.github.ttmemorycheck.internal.text.DeviceRow;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes amounts of memory, equal devices folded into one row: a mesh of 64 devices that all hold the same takes no
 * more room than one device.
 */
final class MemoryJson {

    private MemoryJson() {}

    /** Writes every figure that is not 0. */
    static void figures(JsonWriter json, String name, MemoryTotals totals) {
        changes(json, name, MemoryTotals.NONE, totals);
    }

    /** Writes every figure that differs from the one before. */
    static void changes(JsonWriter json, String name, MemoryTotals before, MemoryTotals now) {
        MemoryTotals both = MemoryTotals.builder().addAll(before).addAll(now).build();
        List<MemoryPool> changed = both.pools().stream()
                .filter(pool -> now.of(pool) != before.of(pool))
                .toList();
        rows(
                json,
                name,
                DeviceRow.fold(changed, MemoryPool::device, pool -> List.of(pool.kind(), now.of(pool))),
                (row, pool) -> row.field("kind", pool.kind().name()).field("bytes", now.of(pool)));
    }

    static void findings(JsonWriter json, String name, List<Finding> findings) {
        rows(
                json,
                name,
                DeviceRow.fold(
                        findings,
                        Finding::device,
                        found -> List.of(
                                found.kind(),
                                found.before(),
                                found.after(),
                                found.left(),
                                found.allowed(),
                                found.verdict())),
                (row, finding) -> row.field("kind", finding.kind().name())
                        .field("before", finding.before())
                        .field("after", finding.after())
                        .field("left", finding.left())
                        .field("allowed", finding.allowed())
                        .word("verdict", finding.verdict()));
    }

    static void cache(JsonWriter json, CacheRelease cache) {
        json.object("cache", row -> {
            row.field("devices", cache.devices()).field("programs", cache.programs());
            if (cache.uncounted() > 0) {
                row.field("uncounted", cache.uncounted());
            }
            figures(row, "released", cache.released());
            if (!cache.notCleared().isEmpty()) {
                row.field("notCleared", cache.notCleared());
            }
        });
    }

    /** Writes device numbers as pairs of the first and the last of those that follow each other. */
    private static <T> void rows(
            JsonWriter json, String name, List<DeviceRow<T>> folded, BiConsumer<JsonWriter, T> members) {
        json.objects(name, folded, (row, alike) -> {
            row.list(
                    "devices",
                    DeviceRange.of(alike.devices()),
                    (to, range) -> to.raw("[" + range.first() + "," + range.last() + "]"));
            members.accept(row, alike.first());
        });
    }
}

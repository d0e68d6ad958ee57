package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.text.DeviceRanges.DeviceRange;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes amounts of memory, equal devices folded into one row: a mesh of 64 devices that all hold the same takes no
 * more room than one device.
 */
final class MemoryJson {

    private record Figure(MemoryKind kind, long bytes) {}

    private MemoryJson() {}

    /** Writes every figure that is not 0. */
    static void figures(JsonWriter json, String name, MemoryTotals totals) {
        changes(json, name, MemoryTotals.NONE, totals);
    }

    /** Writes every figure that differs from the one before. */
    static void changes(JsonWriter json, String name, MemoryTotals before, MemoryTotals now) {
        Map<Figure, List<Integer>> folded = new LinkedHashMap<>();
        MemoryTotals both = MemoryTotals.builder().addAll(before).addAll(now).build();
        for (MemoryPool pool : both.pools()) {
            long bytes = now.of(pool);
            if (bytes != before.of(pool)) {
                add(folded, new Figure(pool.kind(), bytes), pool.device());
            }
        }
        rows(
                json,
                name,
                folded,
                (row, figure) -> row.field("kind", figure.kind().name()).field("bytes", figure.bytes()));
    }

    static void findings(JsonWriter json, String name, List<Finding> findings) {
        Map<Finding, List<Integer>> folded = new LinkedHashMap<>();
        for (Finding found : findings) {
            Finding onAnyDevice = new Finding(
                    0, found.kind(), found.before(), found.after(), found.left(), found.allowed(), found.verdict());
            add(folded, onAnyDevice, found.device());
        }
        rows(
                json,
                name,
                folded,
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

    private static <T> void add(Map<T, List<Integer>> folded, T row, int device) {
        folded.computeIfAbsent(row, unseen -> new ArrayList<>()).add(device);
    }

    /** Writes device numbers as pairs of the first and the last of those that follow each other. */
    private static <T> void rows(
            JsonWriter json, String name, Map<T, List<Integer>> folded, BiConsumer<JsonWriter, T> members) {
        json.objects(name, folded.entrySet(), (row, entry) -> {
            row.list(
                    "devices",
                    DeviceRange.of(entry.getValue()),
                    (to, range) -> to.raw("[" + range.first() + "," + range.last() + "]"));
            members.accept(row, entry.getKey());
        });
    }
}

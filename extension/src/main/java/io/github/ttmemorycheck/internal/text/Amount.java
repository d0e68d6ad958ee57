package io.github.ttmemorycheck.internal.text;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How much of one kind of memory is on which devices.
 *
 * @param kind the kind of memory
 * @param bytes bytes per device, each more than 0; at least one
 */
public record Amount(MemoryKind kind, NavigableMap<Integer, Long> bytes) {

    /** Ranges up to this width are written out in a sentence. */
    private static final int SHORT_RANGES = 12;

    /** What totals hold, a kind each; empty when they hold nothing. */
    public static List<Amount> of(MemoryTotals totals) {
        Map<MemoryKind, Amount> amounts = new EnumMap<>(MemoryKind.class);
        for (MemoryPool pool : totals.pools()) {
            if (totals.of(pool) != 0) {
                Amount amount = amounts.computeIfAbsent(pool.kind(), kind -> new Amount(kind, new TreeMap<>()));
                amount.bytes.put(pool.device(), totals.of(pool));
            }
        }
        return List.copyOf(amounts.values());
    }

    /** Says what totals hold, a kind each, as {@link #text} does; nothing when they hold nothing. */
    public static List<String> texts(MemoryTotals totals, Collection<Integer> all) {
        return of(totals).stream().map(amount -> amount.text(all)).toList();
    }

    public long total() {
        return ByteSize.sum(bytes.values().stream().mapToLong(Long::longValue));
    }

    /**
     * Says how much is where: {@code 8 MiB of DRAM on device 3}, {@code 36 KiB of DRAM on each of 8 devices}, or, where
     * the devices differ, {@code 1.2 GiB of DRAM across 64 devices}.
     *
     * @param all the devices that could have been named; when all are, they are only counted
     */
    public String text(Collection<Integer> all) {
        boolean even = new HashSet<>(bytes.values()).size() == 1;
        String what = ByteSize.format(even ? bytes.firstEntry().getValue() : total()) + " of " + Wording.kind(kind);
        if (bytes.size() == 1) {
            return what + " on device " + bytes.firstKey();
        }
        String ranges = DeviceRanges.of(bytes.keySet());
        String where = bytes.keySet().containsAll(all) || ranges.length() > SHORT_RANGES
                ? (even ? "each of " : "") + bytes.size() + " devices"
                : (even ? "each of " : "") + "devices " + ranges;
        return what + (even ? " on " : " across ") + where;
    }
}

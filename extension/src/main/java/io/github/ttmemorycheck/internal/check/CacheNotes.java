package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;

/** Says what program caches kept where that is unusual. */
final class CacheNotes {

    /** Measured runs keep less than 1 MiB of DRAM on a device, and some KiB of L1; sixteen times as much is unusual. */
    private static final long MUCH_DRAM = 16L << 20;

    private static final long MUCH_L1 = 1L << 20;

    private CacheNotes() {}

    static List<String> of(CacheRelease cache) {
        if (cache.released().isZero()) {
            return List.of();
        }
        MemoryTotals.Builder much = MemoryTotals.builder();
        cache.released().pools().stream()
                .filter(pool -> cache.released().of(pool) > (pool.kind() == MemoryKind.DRAM ? MUCH_DRAM : MUCH_L1))
                .forEach(pool -> much.add(pool, cache.released().of(pool)));
        MemoryTotals kept = much.build();
        return kept.isZero()
                ? List.of()
                : List.of("the program cache kept "
                        + Wording.list(Amount.texts(kept, cache.released().devices()))
                        + ", which is unusually much; it held "
                        + Wording.programs(cache.programs(), cache.uncounted(), cache.devices()));
    }
}

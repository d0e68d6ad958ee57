package io.github.ttmemorycheck.internal.runreport;

import java.util.Comparator;
import java.util.List;

/**
 * Who holds what at the end of a run.
 *
 * @param holdings the largest first
 * @param more how many smaller ones are not kept
 * @param note why it is not known, or empty
 */
public record LedgerEnd(List<Holding> holdings, int more, String note) {

    /** A page with more rows helps nobody; the largest say where the memory is. */
    private static final int HOLDINGS = 1_000;

    private static final Comparator<Holding> LARGEST_FIRST = Comparator.comparingLong(Holding::bytes)
            .reversed()
            .thenComparing(Holding::holderName)
            .thenComparing(Holding::pool);

    /** Keeps the largest of what is held. */
    public static LedgerEnd of(List<Holding> holdings) {
        List<Holding> largest =
                holdings.stream().sorted(LARGEST_FIRST).limit(HOLDINGS).toList();
        return new LedgerEnd(largest, holdings.size() - largest.size(), "");
    }

    public static LedgerEnd unknown(String why) {
        return new LedgerEnd(List.of(), 0, why);
    }
}

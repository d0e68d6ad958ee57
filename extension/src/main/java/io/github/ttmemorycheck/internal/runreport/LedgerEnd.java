package io.github.ttmemorycheck.internal.runreport;

import java.util.List;
import java.util.Objects;

/**
 * Who holds what at the end of a run.
 *
 * @param holdings the largest first
 * @param more how many more there are
 * @param note why it is not known, or empty
 */
public record LedgerEnd(List<Holding> holdings, int more, String note) {

    /** How many are kept. */
    public static final int HOLDINGS = 1_000;

    /** Copies the list. */
    public LedgerEnd {
        holdings = List.copyOf(holdings);
        Objects.requireNonNull(note, "note");
    }

    /** Nothing is known. */
    public static LedgerEnd unknown(String why) {
        return new LedgerEnd(List.of(), 0, why);
    }
}

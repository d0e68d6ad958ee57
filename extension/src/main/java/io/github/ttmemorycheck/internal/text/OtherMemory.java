package io.github.ttmemorycheck.internal.text;

import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Says what processes added that are not of a run: it does not count, and is never passed over in silence. */
public final class OtherMemory {

    private static final int MOST = 5;
    private static final int COLUMNS_OF_A_NAME = 72;

    /** No process speaks here. */
    private static final long NOBODY = -1;

    private OtherMemory() {}

    /** Returns a sentence for each process that holds more of anything, the largest first. */
    public static List<String> notes(List<ProcessUse> risen) {
        List<ProcessUse> largest = risen.stream()
                .filter(use -> !use.held().isZero())
                .sorted(Comparator.comparingLong((ProcessUse use) -> use.held().sum())
                        .reversed()
                        .thenComparingInt(ProcessUse::processId))
                .toList();
        List<String> notes = new ArrayList<>();
        for (ProcessUse use : largest.subList(0, Math.min(MOST, largest.size()))) {
            String name = new ProcessNames(Map.of(use.processId(), use.command()), NOBODY)
                    .name(use.processId(), COLUMNS_OF_A_NAME);
            notes.add(name + " holds "
                    + Wording.list(Amount.texts(use.held(), use.held().devices()))
                    + " more than before; it is not of this test run, and that does not count");
        }
        if (largest.size() > MOST) {
            notes.add((largest.size() - MOST) + " more processes that are not of this test run hold more than before");
        }
        return notes;
    }
}

package io.github.ttmemorycheck.snapshot;

import java.io.Serializable;
import java.util.Objects;

/**
 * What one process holds, or left.
 *
 * @param processId its process id
 * @param command its command line, or an empty text when it is not known
 * @param held bytes per device and kind; in a {@link SnapshotDiff}, what it holds more than at the earlier moment
 */
public record ProcessUse(int processId, String command, MemoryTotals held) implements Serializable {

    /**
     * Checks that nothing is missing.
     *
     * @param processId as the component says
     * @param command as the component says
     * @param held as the component says
     */
    public ProcessUse {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(held, "held");
    }

    /**
     * Tells what is held more than at an earlier moment, as {@link MemoryTotals#risenSince} does.
     *
     * @param earlier what was held then
     * @return the rise of every figure that rose; {@linkplain MemoryTotals#isZero() zero} when none did
     */
    public ProcessUse risenSince(MemoryTotals earlier) {
        return new ProcessUse(processId, command, held.risenSince(earlier));
    }
}

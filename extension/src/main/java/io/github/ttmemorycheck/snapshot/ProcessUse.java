package io.github.ttmemorycheck.snapshot;

import java.util.Objects;

/**
 * What one process holds, or left.
 *
 * @param processId its process id
 * @param command its command line, or an empty text when it is not known
 * @param held bytes per device and kind; in a {@link SnapshotDiff}, what it holds more than at the earlier moment
 */
public record ProcessUse(int processId, String command, MemoryTotals held) {

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
     * Tells what is held more than at an earlier moment, figure by figure: a figure that fell does not make up for one that
     * rose.
     *
     * @param earlier what was held then
     * @return the rise of every figure that rose; {@linkplain MemoryTotals#isZero() zero} when none did
     */
    public ProcessUse risenSince(MemoryTotals earlier) {
        if (held.equals(earlier)) {
            return new ProcessUse(processId, command, MemoryTotals.NONE);
        }
        MemoryTotals.Builder risen = MemoryTotals.builder();
        for (int device : held.devices()) {
            for (MemoryKind kind : MemoryKind.values()) {
                long rise = held.of(device, kind) - earlier.of(device, kind);
                if (rise > 0) {
                    risen.add(device, kind, rise);
                }
            }
        }
        return new ProcessUse(processId, command, risen.build());
    }
}

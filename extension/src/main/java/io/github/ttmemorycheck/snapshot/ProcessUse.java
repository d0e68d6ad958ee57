package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serializable;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What one process holds, or left.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param processId its process id
 * @param command its command line, or an empty text when it is not known
 * @param held bytes per device and kind; in a {@link SnapshotDiff}, what it holds more than at the earlier moment
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record ProcessUse(int processId, String command, MemoryTotals held) implements Serializable {

    /** Checks that nothing is missing. */
    @API(status = INTERNAL)
    public ProcessUse {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(held, "held");
    }

    /**
     * Compares with an earlier moment, as {@link MemoryTotals#risenSince} does.
     *
     * @param earlier what was held then
     * @return the rise of every figure that rose; {@linkplain MemoryTotals#isZero() zero} when none did
     */
    public ProcessUse risenSince(MemoryTotals earlier) {
        return new ProcessUse(processId, command, held.risenSince(earlier));
    }
}

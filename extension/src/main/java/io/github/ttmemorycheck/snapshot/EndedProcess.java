package io.github.ttmemorycheck.snapshot;

import java.util.Objects;

/**
 * A process that ended while it held device memory. That is no leak: the driver has taken the memory back.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param processId its process id
 * @param command its command line, or an empty text when it was not known
 * @param buffers how many buffers it held; 0 where buffers are not known
 * @param held what it held
 */
public record EndedProcess(int processId, String command, long buffers, MemoryTotals held) {

    /** Checks that nothing is missing. */
    public EndedProcess {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(held, "held");
    }
}

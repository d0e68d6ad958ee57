package io.github.ttmemorycheck.snapshot;

import java.io.Serializable;
import java.util.Objects;

/**
 * A process that ended while it held device memory. That is no leak: the driver has taken the memory back.
 *
 * @param processId its process id
 * @param command its command line, or an empty text when it was not known
 * @param buffers how many buffers it held; 0 where buffers are not known
 * @param held what it held
 */
public record EndedProcess(int processId, String command, long buffers, MemoryTotals held) implements Serializable {

    /**
     * Checks that nothing is missing.
     *
     * @param processId as the component says
     * @param command as the component says
     * @param buffers as the component says
     * @param held as the component says
     */
    public EndedProcess {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(held, "held");
    }
}

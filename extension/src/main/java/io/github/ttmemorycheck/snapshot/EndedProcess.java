package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serializable;
import java.util.Objects;
import org.apiguardian.api.API;

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
@API(status = EXPERIMENTAL, since = "0.1")
public record EndedProcess(int processId, String command, long buffers, MemoryTotals held) implements Serializable {

    /** Checks that nothing is missing. */
    @API(status = INTERNAL)
    public EndedProcess {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(held, "held");
    }
}

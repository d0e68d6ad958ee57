package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.process.WatchedProcess;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process whose number stands in a region, told from a later one of the same number. Not thread-safe. */
final class KnownProcess implements AutoCloseable {

    private final int processId;

    /** Null where the memory of the process is not to be counted. */
    private final @Nullable WatchedProcess watched;

    private String command;
    private boolean met;
    private @Nullable Boolean alive;

    /**
     * Begins to watch a process if its memory counts.
     *
     * @throws TrackerException when the kernel does not say whether it lives
     */
    KnownProcess(int processId, boolean counts, ProcFiles files) {
        this.processId = processId;
        try {
            watched = counts ? WatchedProcess.open(files, processId) : null;
        } catch (IOException e) {
            throw UnreadableRegion.because(
                    "whether process " + processId + " lives cannot be found out (" + e.getMessage()
                            + "); the tracker needs to read /proc",
                    e);
        }
        command = counts ? files.command(processId) : "";
    }

    int processId() {
        return processId;
    }

    boolean isCounted() {
        return watched != null;
    }

    String command() {
        return command;
    }

    void nameIfUnknown(Supplier<String> name) {
        if (command.isEmpty()) {
            command = name.get();
        }
    }

    /** Begins a reading of the regions, in which nothing is known of the process yet. */
    void begin() {
        met = false;
        alive = null;
    }

    /** Notes that the reading met it. */
    void meet() {
        met = true;
    }

    boolean wasMet() {
        return met;
    }

    /** Whether it is over for good: then its number may belong to another process. */
    boolean hasGone() {
        return watched != null && watched.hasGone();
    }

    /** Whether it lives; the kernel is asked once in each reading. */
    boolean isAlive() {
        if (alive == null) {
            alive = watched != null && watched.isAlive();
        }
        return alive;
    }

    @Override
    public void close() {
        if (watched != null) {
            watched.close();
        }
    }
}

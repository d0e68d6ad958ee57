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

    private String command = "";
    private long metAt = -1;
    private long askedAt = -1;
    private boolean alive;

    private KnownProcess(int processId, @Nullable WatchedProcess watched) {
        this.processId = processId;
        this.watched = watched;
    }

    /** Returns a process whose memory does not count. */
    static KnownProcess ignored(int processId) {
        return new KnownProcess(processId, null);
    }

    /**
     * Begins to watch a process whose memory counts.
     *
     * @throws TrackerException when the kernel does not say whether it lives
     */
    static KnownProcess counted(ProcFiles files, int processId) {
        try {
            KnownProcess process = new KnownProcess(processId, WatchedProcess.open(files, processId));
            process.command = files.command(processId);
            return process;
        } catch (IOException e) {
            throw UnreadableRegion.because(
                    "whether process " + processId + " lives cannot be found out (" + e.getMessage()
                            + "); the tracker needs to read /proc",
                    e);
        }
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

    /** Notes that a reading of the regions met it. */
    void meet(long reading) {
        metAt = reading;
    }

    boolean wasMet(long reading) {
        return metAt == reading;
    }

    /** Whether it is over for good: then its number may belong to another process. */
    boolean hasGone() {
        return watched != null && watched.hasGone();
    }

    /** Whether it lives; the kernel is asked once in each reading. */
    boolean isAlive(long reading) {
        if (askedAt != reading) {
            alive = watched != null && watched.isAlive();
            askedAt = reading;
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

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.process.WatchedProcess;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes whose numbers stand in the regions. Whether a process counts is decided when it is first seen, so that
 * one that ends, or loses its parent, stays what it was. Not thread-safe.
 */
final class KnownProcesses implements AutoCloseable {

    /**
     * One process whose number stands in a region, distinguished from a later one of the same number. Not thread-safe.
     */
    static final class KnownProcess implements AutoCloseable {

        private final int processId;

        /** Null where the memory of the process is not to be counted. */
        private final @Nullable WatchedProcess watched;

        private String command;

        private boolean met;

        /** Whether it lives, once the reading has asked. */
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

    private final ProcFiles files;
    private final IntPredicate counted;
    private final Map<Integer, KnownProcess> known = new HashMap<>();

    KnownProcesses(ProcFiles files, IntPredicate counted) {
        this.files = files;
        this.counted = counted;
    }

    /** Begins a reading of all regions: a number whose process has gone may belong to another now. */
    void begin() {
        known.values().removeIf(process -> process.hasGone() && files.isInUse(process.processId()));
        for (KnownProcess process : known.values()) {
            process.met = false;
            process.alive = null;
        }
    }

    /**
     * Ends a reading that met every process there is. One that is in no region is kept while it lives: it may come
     * back, and what it held before has to be compared then.
     */
    void end() {
        known.values().removeIf(process -> {
            boolean forgotten = !process.met && !process.isAlive();
            if (forgotten) {
                process.close();
            }
            return forgotten;
        });
    }

    KnownProcess get(int processId) {
        KnownProcess process = known.computeIfAbsent(processId, id -> new KnownProcess(id, counted.test(id), files));
        process.met = true;
        return process;
    }

    /** Makes the owners of a region's slots; whether one of them is there is asked once in each reading. */
    SlotOwners ownersOf(RegionFile region) {
        return new SlotOwners(files, this::isThere, region);
    }

    private boolean isThere(int processId) {
        KnownProcess process = known.get(processId);
        return (process != null && process.isCounted()) ? process.isAlive() : files.isInUse(processId);
    }

    /** Whether it is not proved that a process, which may not count, has ended. */
    boolean mayLive(int processId) {
        return files.startTime(processId) != ProcFiles.GONE;
    }

    /** Returns how many processes have a file mapped, as far as the kernel shows it. */
    long mapping(RegionFile file) {
        return files.mapping(file.inode(), String.valueOf(file.path().getFileName()))
                .size();
    }

    boolean counts(int processId) {
        return get(processId).isCounted();
    }

    @Override
    public void close() {
        known.values().forEach(KnownProcess::close);
        known.clear();
    }
}

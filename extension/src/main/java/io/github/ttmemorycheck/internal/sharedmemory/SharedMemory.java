package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What the processes of a directory's regions hold.
 *
 * <p>Thread-safe: everything happens under the lock of this object, for as long as {@link Patience} allows a region. Text is
 * written outside of it.
 */
public final class SharedMemory implements AutoCloseable {

    /** Looks at every process. */
    public static final IntPredicate ALL = process -> true;

    private final Path directory;
    private final Surveyor surveyor;
    private final Set<Sighting> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private NavigableMap<Integer, List<String>> chips = new TreeMap<>();
    private boolean closed;

    SharedMemory(Path directory, Surveyor surveyor) {
        this.directory = directory;
        this.surveyor = surveyor;
    }

    /**
     * Looks at the regions of a directory. One that cannot be read is no error yet.
     *
     * @param processes the processes to look at; asked once for each
     * @param ignored the chips whose regions are not looked at
     * @throws RegionUnreadableException when there is no such directory, or processes cannot be looked at
     */
    public static SharedMemory open(Path directory, IntPredicate processes, Set<String> ignored) {
        return open(directory, processes, ProcFiles.ofThisSystem(), Patience.DEFAULT, ignored);
    }

    static SharedMemory open(Path directory, IntPredicate processes) {
        return open(directory, processes, Set.of());
    }

    static SharedMemory open(Path directory, IntPredicate processes, ProcFiles proc, Patience patience) {
        return open(directory, processes, proc, patience, Set.of());
    }

    private static SharedMemory open(
            Path directory, IntPredicate processes, ProcFiles proc, Patience patience, Set<String> ignored) {
        if (!proc.areThere()) {
            throw new RegionUnreadableException(
                    "the regions of " + directory + " also hold what ended processes left, and " + proc
                            + " does not tell which live; mount it, or use the embedded tracker"
                            + " (tt.memory.check.tracker=embedded)",
                    null);
        }
        RegionDirectory regions = new RegionDirectory(directory, patience, ignored);
        KnownProcesses known = new KnownProcesses(proc, processes);
        SharedMemory memory = new SharedMemory(directory, new Surveyor(regions, known, ALL.equals(processes)));
        if (!Files.isDirectory(directory)) {
            regions.refresh(true);
        }
        try {
            memory.survey(true);
        } catch (RegionUnreadableException e) {
            SharedMemoryLog.log().debug(() -> String.valueOf(e.getMessage()));
        }
        return memory;
    }

    /** Remembers what is held now, until it is forgotten. */
    public synchronized Sighting mark() {
        Sighting sighting = new Sighting(survey(true), surveyor.ended().count());
        open.add(sighting);
        return sighting;
    }

    /** Forgets a sighting; doing so twice is harmless. */
    public synchronized void forget(Sighting sighting) {
        open.remove(sighting);
        surveyor.ended()
                .forgetUpTo(open.stream()
                        .mapToLong(Sighting::endedBefore)
                        .min()
                        .orElse(surveyor.ended().count()));
    }

    /**
     * Tells what changed.
     *
     * @throws IllegalStateException when the sighting was forgotten
     */
    public synchronized SnapshotDiff since(Sighting earlier) {
        Survey now = survey(false);
        if (!open.contains(earlier)) {
            throw new IllegalStateException(
                    "the mark is not open at the shared-memory tracker of " + directory + "; ask before it is closed");
        }
        return new SnapshotDiff(
                earlier.totals(),
                now.totals(),
                false,
                List.of(),
                List.of(),
                surveyor.ended().after(earlier.endedBefore()),
                now.commands(),
                now.risenSince(earlier.survey()));
    }

    /** Tells what is held now. */
    public synchronized MemorySnapshot snapshot() {
        Survey now = survey(true);
        return new MemorySnapshot(now.totals(), false, List.of(), now.commands(), now.processes());
    }

    /** Returns how many changes were seen, those included that are seen now. */
    public synchronized long activity() {
        survey(true);
        return surveyor.changes();
    }

    /** Writes what is held now for people. */
    public void dump(Appendable out) throws IOException {
        Survey now;
        synchronized (this) {
            now = survey(true);
        }
        new RegionDump(now, directory).write(out);
    }

    /** Returns the numbers of the chips that were last seen, by device. */
    public synchronized NavigableMap<Integer, List<String>> chips() {
        return new TreeMap<>(chips);
    }

    private Survey survey(boolean thorough) {
        if (closed) {
            throw new RegionUnreadableException(
                    "the shared-memory tracker of " + directory
                            + " was closed; open another, and keep it open while tests run",
                    null);
        }
        Survey survey = surveyor.survey(thorough);
        chips = survey.chips();
        return survey;
    }

    /** Lets go of the regions; doing so twice is harmless. */
    @Override
    public synchronized void close() {
        closed = true;
        surveyor.close();
        open.clear();
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * The shared-memory tracker: reads the regions in which a runtime publishes what its processes hold. It needs no server
 * and no setting in those processes, and no native code.
 *
 * <p>It knows totals per device and process, of DRAM, L1, L1_SMALL, TRACE and circular buffers; no buffers, no system
 * memory and no kernels. Circular buffers may lag behind. It counts what living processes hold, so that what one
 * process frees does not hide what another leaves. What a process held that ended without freeing stays in the regions
 * for a while: that is left out, and reported once. A process of another PID namespace cannot be told from one that has
 * ended.
 *
 * <p>Regions may come and go. One that comes counts from zero; one that is deleted or replaced is read on while living
 * processes write to it, which a warning says, and does not count any more when none does. One that its writer has not
 * finished is left out until it is. One that cannot be read, is of a version other than 2 to 4, holds what cannot be,
 * or changes each time it is read makes every question end in a {@link TrackerException}: it never counts as empty. A
 * region is read again until it is found twice alike, for a fifth of a second at most.
 *
 * <p>{@link #since} looks for regions that came or went only where the directory has changed; {@link #mark},
 * {@link #snapshot}, {@link #activity} and {@link #dump} always do.
 *
 * <p>Thread-safe: everything happens under the lock of this object, but for the writing of dumps. An interrupt changes
 * nothing and is kept.
 */
public final class SharedMemoryTracker implements MemoryTracker, AutoCloseable {

    /** Where a runtime publishes its regions. */
    public static final Path DEFAULT_DIRECTORY = Path.of("/dev/shm");

    /** Counts every process. */
    public static final IntPredicate ALL = process -> true;

    private final Path directory;
    private final Set<String> ignored;
    private final RegionReader reader;
    private final Set<SharedMemoryMark> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private NavigableMap<Integer, List<String>> chips = new TreeMap<>();
    private boolean closed;

    private SharedMemoryTracker(Path directory, Set<String> ignored, RegionReader reader) {
        this.directory = directory;
        this.ignored = ignored;
        this.reader = reader;
    }

    /** Reads all regions of a directory, and counts every process. */
    public static SharedMemoryTracker open(Path directory) {
        return open(directory, ALL, Set.of());
    }

    /**
     * Reads the regions of a directory. One that cannot be read is no error yet.
     *
     * @param directory the directory, which may be empty still
     * @param processes takes a process id, and says whether that process counts; the others are not reported as ended
     *     either, and what they do is no activity; asked once, when a process is first seen, under the lock of the
     *     tracker
     * @param ignoredChips the unique numbers of the chips whose regions are not read, as they stand in the files' names
     * @throws TrackerException when there is no such directory, or the system does not say which processes live
     */
    public static SharedMemoryTracker open(Path directory, IntPredicate processes, Set<String> ignoredChips) {
        return open(directory, processes, ignoredChips, ProcFiles.ofThisSystem(), RetryLimit.DEFAULT);
    }

    static SharedMemoryTracker open(
            Path directory, IntPredicate processes, Set<String> ignoredChips, ProcFiles proc, RetryLimit limit) {
        if (!proc.areThere()) {
            throw UnreadableRegion.because(
                    "the regions of " + directory + " also hold what ended processes left, and " + proc
                            + " does not tell which live; mount it, or use the embedded tracker (" + SettingKeys.TRACKER
                            + "=embedded)",
                    null);
        }
        Set<String> ignored = Set.copyOf(ignoredChips);
        RegionDirectory regions = new RegionDirectory(directory, limit, ignored);
        if (!Files.isDirectory(directory)) {
            regions.refresh(true);
        }
        KnownProcesses known = new KnownProcesses(proc, processes);
        SharedMemoryTracker tracker =
                new SharedMemoryTracker(directory, ignored, new RegionReader(regions, known, ALL.equals(processes)));
        try {
            tracker.read(true);
        } catch (TrackerException e) {
            SharedMemoryLog.log().debug(() -> String.valueOf(e.getMessage()));
        }
        return tracker;
    }

    /**
     * Says what it is, where it looks, and how many devices it knew when it looked last; also when several chips have
     * one device number, whose figures are added up then.
     *
     * @return for example {@code shared-memory tracker, /dev/shm, 8 devices}
     */
    @Override
    public synchronized String description() {
        StringBuilder text = new StringBuilder("shared-memory tracker, " + directory + ", ");
        text.append(chips.isEmpty() ? "no devices" : chips.size() + (chips.size() == 1 ? " device" : " devices"));
        chips.forEach((device, ofDevice) -> {
            if (ofDevice.size() > 1) {
                text.append(", device ").append(device).append(" is ").append(ofDevice.size());
                text.append(" chips (").append(String.join(", ", ofDevice)).append(')');
            }
        });
        if (!ignored.isEmpty()) {
            text.append(", without ").append(ignored.size() == 1 ? "chip " : "chips ");
            text.append(String.join(", ", new TreeSet<>(ignored)));
            text.append(" (").append(SettingKeys.SHM_IGNORE).append(')');
        }
        return text.toString();
    }

    /** Returns the unique numbers of each device's chips, as known when it looked last. */
    synchronized NavigableMap<Integer, List<String>> chips() {
        return chips;
    }

    /** Returns false: only totals are known. */
    @Override
    public boolean knowsBuffers() {
        return false;
    }

    @Override
    public synchronized Mark mark() {
        RegionSnapshot now = read(true);
        SharedMemoryMark mark = new SharedMemoryMark(this, now, reader.ended().count(), System.nanoTime());
        open.add(mark);
        return mark;
    }

    /** Forgets a mark; doing so twice is harmless. */
    synchronized void forget(SharedMemoryMark mark) {
        open.remove(mark);
        reader.ended()
                .forgetUpTo(open.stream()
                        .mapToLong(SharedMemoryMark::endedBefore)
                        .min()
                        .orElse(reader.ended().count()));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the mark was closed or belongs to another tracker
     */
    @Override
    public synchronized SnapshotDiff since(Mark mark) {
        if (!(mark instanceof SharedMemoryMark earlier) || earlier.tracker() != this) {
            throw new IllegalStateException(
                    "a mark can be compared only by the tracker that made it, and this one was not made by the "
                            + description());
        }
        RegionSnapshot now = read(false);
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
                reader.ended().after(earlier.endedBefore()),
                now.commands(),
                now.risenSince(earlier.snapshot()));
    }

    @Override
    public synchronized MemorySnapshot snapshot() {
        RegionSnapshot now = read(true);
        return new MemorySnapshot(now.totals(), false, List.of(), now.commands(), now.processes());
    }

    /** Returns how many changes of regions were seen, those included that are seen now. */
    @Override
    public synchronized long activity() {
        read(true);
        return reader.changes();
    }

    @Override
    public void dump(Appendable out) throws IOException {
        new RegionDump(read(true), directory).write(out);
    }

    private synchronized RegionSnapshot read(boolean thorough) {
        if (closed) {
            throw UnreadableRegion.because(
                    "the shared-memory tracker of " + directory
                            + " was closed; open another, and keep it open while tests run",
                    null);
        }
        RegionSnapshot now = reader.read(thorough);
        chips = now.chips();
        return now;
    }

    /** Lets go of the regions' files. Doing so twice is harmless. */
    @Override
    public synchronized void close() {
        closed = true;
        reader.close();
        open.clear();
    }

    @Override
    public String toString() {
        return description();
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.OtherMemory;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Reads the regions in which a runtime publishes what its processes hold: totals per device and process, of DRAM, L1,
 * L1_SMALL, TRACE and circular buffers, which may lag behind; no buffers, no system memory and no kernels. It needs no
 * server, no setting in those processes and no native code.
 *
 * <p>A rise of circular buffers is no memory left: the figure is of what runs in one version of the runtime, and of the
 * program that ran last in another, where it stays. Their totals are reported all the same, so that growth shows.
 *
 * <p>Only what living processes hold counts. What a process held that ended without freeing stays in the regions for a
 * while, and is reported once. A process of another PID namespace cannot be distinguished from one that has ended.
 *
 * <p>Regions may come and go. One that comes counts from zero; one that is deleted or replaced is read on while living
 * processes write to it, which a warning says. One that its writer has not finished is left out until it is. One that
 * cannot be read, holds what cannot be, or is never found twice alike in a fifth of a second makes every question end
 * in a {@link TrackerException}: it never counts as empty.
 *
 * <p>{@link #since} looks for regions that came or went only where the directory has changed; all other questions do
 * always. Thread-safe: everything but the writing of dumps happens under the lock of this object.
 */
public final class SharedMemoryTracker implements MemoryTracker, AutoCloseable {

    public static final IntPredicate ALL = process -> true;

    /**
     * A mark.
     *
     * @param endedBefore how many processes had ended by then that held memory
     * @param others what processes held that do not count
     */
    private record RegionMark(
            SharedMemoryTracker tracker,
            RegionSnapshot snapshot,
            long endedBefore,
            Map<Integer, MemoryTotals> others,
            long takenAtNanos)
            implements Mark {

        @Override
        public MemoryTotals totals() {
            return snapshot.totals();
        }

        @Override
        public long order() {
            return 0;
        }

        @Override
        public void close() {
            tracker.forget(this);
        }
    }

    private final Path directory;
    private final Set<String> ignored;
    private final RegionReader reader;
    private final ProcFiles proc;
    private final Set<RegionMark> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private NavigableMap<Integer, List<String>> chips = new TreeMap<>();
    private boolean closed;

    private SharedMemoryTracker(Path directory, Set<String> ignored, RegionReader reader, ProcFiles proc) {
        this.proc = proc;
        this.directory = directory;
        this.ignored = ignored;
        this.reader = reader;
    }

    /**
     * Reads the regions of a directory. One that cannot be read is no error yet.
     *
     * @param processes says whether the process of an id counts; the others are not reported as ended either, and what
     *     they do is no activity; asked once, when a process is first seen, under the lock of the tracker
     * @param ignoredChips the numbers in the names of the files that are not read
     * @throws TrackerException when there is no such directory, or the system does not say which processes live
     */
    public static SharedMemoryTracker open(Path directory, IntPredicate processes, Set<String> ignoredChips) {
        return open(directory, processes, ignoredChips, ProcFiles.ofThisSystem(), RetryLimit.DEFAULT);
    }

    /** Returns how many regions there are in a directory, whoever owns them; 0 where it cannot be listed. */
    public static int regionsIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return (int)
                    files.filter(file -> RegionLayout.chip(file).isPresent()).count();
        } catch (IOException | UncheckedIOException unlisted) {
            return 0;
        }
    }

    static SharedMemoryTracker open(
            Path directory, IntPredicate processes, Set<String> ignoredChips, ProcFiles proc, RetryLimit limit) {
        if (!proc.areThere()) {
            throw UnreadableRegion.because(
                    "the regions of " + directory + " also hold what ended processes left, and " + proc
                            + " does not show which live; mount it, or use the embedded tracker (" + SettingKeys.TRACKER
                            + "=embedded)",
                    null);
        }
        Set<String> ignored = Set.copyOf(ignoredChips);
        KnownProcesses known = new KnownProcesses(proc, processes);
        RegionDirectory regions = new RegionDirectory(directory, limit, ignored, known);
        if (!Files.isDirectory(directory)) {
            regions.refresh(true);
        }
        RegionReader reader = new RegionReader(regions, known, ALL.equals(processes));
        SharedMemoryTracker tracker = new SharedMemoryTracker(directory, ignored, reader, proc);
        try {
            tracker.read(true);
        } catch (TrackerException e) {
            UnreadableRegion.log().debug(() -> String.valueOf(e.getMessage()));
        }
        return tracker;
    }

    /**
     * Returns for example {@code shared-memory tracker, /dev/shm, 8 devices}, as it looked last; also which chips have
     * one device number, whose figures are added up then.
     */
    @Override
    public synchronized String description() {
        StringBuilder text = new StringBuilder("shared-memory tracker, " + directory + ", ");
        text.append(chips.isEmpty() ? "no devices" : Wording.count(chips.size(), "device"));
        chips.forEach((device, ofDevice) -> {
            if (ofDevice.size() > 1) {
                text.append(", device " + device + " is " + ofDevice.size() + " chips (");
                text.append(String.join(", ", ofDevice)).append(')');
            }
        });
        if (!reader.refused().isEmpty()) {
            text.append(", without " + Wording.count(reader.refused().size(), "region") + " of other users");
        }
        if (!ignored.isEmpty()) {
            text.append(ignored.size() == 1 ? ", without chip " : ", without chips ");
            text.append(String.join(", ", new TreeSet<>(ignored))).append(" (" + SettingKeys.SHM_IGNORE + ")");
        }
        return text.toString();
    }

    @Override
    public boolean knowsBuffers() {
        return false;
    }

    @Override
    public boolean hasFiguresOf(MemoryKind kind) {
        return RegionLayout.KINDS.contains(kind);
    }

    @Override
    public synchronized Mark mark() {
        RegionSnapshot now = read(false);
        RegionMark mark = new RegionMark(this, now, reader.ended().count(), reader.others(), System.nanoTime());
        open.add(mark);
        return mark;
    }

    private synchronized void forget(RegionMark mark) {
        open.remove(mark);
        EndedProcesses ended = reader.ended();
        ended.forgetUpTo(open.stream().mapToLong(RegionMark::endedBefore).min().orElse(ended.count()));
    }

    @Override
    public synchronized SnapshotDiff since(Mark mark) {
        if (!(mark instanceof RegionMark earlier) || earlier.tracker != this) {
            throw MemoryTracker.notOpen(this);
        }
        RegionSnapshot now = read(false);
        if (!open.contains(earlier)) {
            throw MemoryTracker.notOpen(this);
        }
        List<ProcessUse> risen = now.risenSince(earlier.snapshot());
        return new SnapshotDiff(
                earlier.totals(),
                now.totals(),
                false,
                List.of(),
                List.of(),
                reader.ended().after(earlier.endedBefore()),
                now.commands(),
                risen,
                List.of(),
                now.left(risen));
    }

    /** Says what processes that do not count hold more than at a mark. */
    @Override
    public synchronized List<String> remarks(Mark mark) {
        if (!(mark instanceof RegionMark earlier) || earlier.tracker != this) {
            throw MemoryTracker.notOpen(this);
        }
        List<ProcessUse> risen = new ArrayList<>();
        reader.others().forEach((process, held) -> {
            ProcessUse use = new ProcessUse(process, proc.command(process), held);
            if (proc.isInUse(process)) {
                risen.add(use.risenSince(earlier.others().getOrDefault(process, MemoryTotals.NONE)));
            }
        });
        return OtherMemory.notes(RegionSnapshot.withoutCircularBuffers(risen));
    }

    @Override
    public synchronized MemorySnapshot snapshot() {
        RegionSnapshot now = read(true);
        return new MemorySnapshot(now.totals(), false, List.of(), now.commands(), now.processes());
    }

    @Override
    public synchronized List<ProcessUse> usesInTotals() {
        return read(true).processes();
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

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * The shared-memory tracker: reads the regions in which a runtime publishes what its processes hold. It needs no server
 * and no setting in those processes, and no native code.
 *
 * <p>It knows totals per device and process, of DRAM, L1, L1_SMALL, TRACE and circular buffers; no buffers, no system memory
 * and no kernels. Circular buffers may lag behind. It counts what living processes hold. What a process held that ended
 * without freeing stays in the regions for a while: that is left out, and reported once. A process of another PID namespace
 * cannot be told from one that has ended.
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
 * <p>All methods may be called from any thread; they wait for each other. An interrupt changes nothing and is kept.
 */
public final class SharedMemoryTracker implements MemoryTracker, AutoCloseable {

    /** Where a runtime publishes its regions. */
    public static final Path DEFAULT_DIRECTORY = Path.of("/dev/shm");

    private static final String IGNORE = "tt.memory.check.shm.ignore";

    private final Path directory;
    private final Set<String> ignored;
    private final SharedMemory memory;

    private SharedMemoryTracker(Path directory, Set<String> ignored, SharedMemory memory) {
        this.directory = directory;
        this.ignored = ignored;
        this.memory = memory;
    }

    /**
     * Reads the regions where a runtime publishes them, and looks at every process.
     *
     * @return the tracker
     * @throws TrackerException when there is no such directory, or the system does not tell which processes live
     */
    public static SharedMemoryTracker open() {
        return open(DEFAULT_DIRECTORY);
    }

    /**
     * Reads the regions of a directory, and looks at every process.
     *
     * @param directory the directory of the regions, which may be empty still
     * @return the tracker
     * @throws TrackerException when there is no such directory, or the system does not tell which processes live
     */
    public static SharedMemoryTracker open(Path directory) {
        return open(directory, Set.of());
    }

    /**
     * Reads the regions of a directory but for those of some chips, and looks at every process.
     *
     * @param directory the directory of the regions, which may be empty still
     * @param ignoredChips the unique numbers of the chips whose regions are not read, as they stand in the files' names
     * @return the tracker
     * @throws TrackerException when there is no such directory, or the system does not tell which processes live
     */
    public static SharedMemoryTracker open(Path directory, Set<String> ignoredChips) {
        return open(directory, SharedMemory.ALL, ignoredChips);
    }

    /**
     * Reads the regions of a directory, and looks at some processes only. The others are neither counted nor reported as
     * ended, and what they do is no activity.
     *
     * @param directory the directory of the regions, which may be empty still
     * @param processes takes a process id, and tells whether to look at that process; asked once, when a process is first
     *     seen, under a lock of the tracker
     * @return the tracker
     * @throws TrackerException when there is no such directory, or the system does not tell which processes live
     */
    public static SharedMemoryTracker open(Path directory, IntPredicate processes) {
        return open(directory, processes, Set.of());
    }

    /**
     * Reads the regions of a directory but for those of some chips, and looks at some processes only, as the two
     * methods above.
     *
     * @param directory the directory of the regions, which may be empty still
     * @param processes takes a process id, and tells whether to look at that process
     * @param ignoredChips the unique numbers of the chips whose regions are not read
     * @return the tracker
     * @throws TrackerException when there is no such directory, or the system does not tell which processes live
     */
    public static SharedMemoryTracker open(Path directory, IntPredicate processes, Set<String> ignoredChips) {
        Objects.requireNonNull(processes, "processes");
        Set<String> ignored = Set.copyOf(ignoredChips);
        return new SharedMemoryTracker(
                directory, ignored, known(() -> SharedMemory.open(directory, processes, ignored)));
    }

    /**
     * Says what it is, where it looks, and how many devices it knew when it looked last; also when several chips have one
     * device number, whose figures are added up then.
     *
     * @return for example {@code shared-memory tracker, /dev/shm, 8 devices}
     */
    @Override
    public String description() {
        Map<Integer, List<String>> chips = memory.chips();
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
            text.append(String.join(", ", new TreeSet<>(ignored)))
                    .append(" (")
                    .append(IGNORE)
                    .append(')');
        }
        return text.toString();
    }

    /**
     * Returns the chips behind the device numbers, as known when it looked last.
     *
     * @return the unique number of each device's chip; several chips of one device are joined by {@code ", "}
     */
    public Map<Integer, String> chips() {
        Map<Integer, String> chips = new TreeMap<>();
        memory.chips().forEach((device, ofDevice) -> chips.put(device, String.join(", ", ofDevice)));
        return chips;
    }

    /** Returns false: only totals are known. */
    @Override
    public boolean knowsBuffers() {
        return false;
    }

    @Override
    public Mark mark() {
        Sighting sighting = known(memory::mark);
        return new SharedMemoryMark(memory, sighting, System.nanoTime());
    }

    /**
     * {@inheritDoc}
     *
     * <p>What is left is counted by process: what one process frees does not hide what another leaves.
     *
     * @throws IllegalStateException when the mark was closed or belongs to another tracker
     */
    @Override
    public SnapshotDiff since(Mark mark) {
        if (!(mark instanceof SharedMemoryMark ours) || !ours.belongsTo(memory)) {
            throw new IllegalStateException(
                    "a mark can be compared only by the tracker that made it, and this one was not made by the "
                            + description());
        }
        return known(() -> memory.since(ours.sighting()));
    }

    @Override
    public MemorySnapshot snapshot() {
        return known(memory::snapshot);
    }

    /** Returns how many changes of regions were seen. */
    @Override
    public long activity() {
        return known(memory::activity);
    }

    @Override
    public void dump(Appendable out) throws IOException {
        try {
            memory.dump(out);
        } catch (RegionUnreadableException e) {
            throw translated(e);
        }
    }

    /** Lets go of the regions' files. Doing so twice is harmless. */
    @Override
    public void close() {
        memory.close();
    }

    @Override
    public String toString() {
        return description();
    }

    private static <T> T known(Supplier<T> question) {
        try {
            return question.get();
        } catch (RegionUnreadableException e) {
            throw translated(e);
        }
    }

    private static TrackerException translated(RegionUnreadableException e) {
        String others = e.chip()
                .map(chip -> "; or judge the other devices without this chip: " + IGNORE + "=" + chip)
                .orElse("");
        return new TrackerException(e.getMessage() + others, e.getCause());
    }
}

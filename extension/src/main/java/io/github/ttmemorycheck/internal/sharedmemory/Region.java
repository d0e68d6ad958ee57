package io.github.ttmemorycheck.internal.sharedmemory;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one region, while other processes write to it word by word.
 *
 * <p>A reading is whole passes over the words that matter, until two in a row agree: then all of them held at one moment,
 * between the two passes. The earlier one may be that of the previous reading, so that a region that has not changed costs
 * one pass. The time of the last change is among the words, so that a figure that changed and changed back does not pass for
 * one that never moved. A region that never holds still is an error.
 *
 * <p>Policy: a file that is empty, or not written to its end, has no meaning yet, which is said in the log. After a first good
 * reading that is an error, as is a file that was cut. Errors at any time are a version that is not known, a file that is too
 * short, a chip or device number that cannot be, a figure that is no amount, and a table that cannot hold every process.
 *
 * <p>Not thread-safe.
 */
final class Region implements AutoCloseable {

    private static final String EMBEDDED =
            "the embedded tracker (tt.memory.check.tracker=embedded, and TT_ALLOC_TRACKING_ENABLED=1 in the process that opens"
                    + " the device)";

    private final RegionFile file;
    private final long chip;
    private final Patience patience;
    private RegionPass last = new RegionPass();
    private RegionPass earlier = new RegionPass();

    /** What was made of a pass the last time: as long as nothing changes, it need not be made again. */
    private final RegionPass interpreted = new RegionPass();

    private @Nullable RegionReading interpretation;
    private boolean wasReady;
    private boolean saidNotReady;

    Region(RegionFile file, long chip, Patience patience) {
        this.file = file;
        this.chip = chip;
        this.patience = patience;
    }

    RegionFile file() {
        return file;
    }

    String chip() {
        return Long.toUnsignedString(chip);
    }

    /** Tells whether it was read before, so that it can be read on when its file has gone. */
    boolean isReadable() {
        return wasReady;
    }

    /** Returns when the region changed last, as its writers say; to be asked after a reading. */
    long lastUpdate() {
        return file.longAt(RegionLayout.LAST_UPDATE);
    }

    /** Returns the name in a slot; to be asked after a reading. */
    String nameIn(SlotReading slot) {
        int at = RegionLayout.SLOTS + slot.slot() * RegionLayout.SLOT_LENGTH;
        return file.textAt(at + RegionLayout.SLOT_NAME, RegionLayout.SLOT_NAME_LENGTH);
    }

    /**
     * Reads the region.
     *
     * @param processes the processes to look at, by number
     * @return what it held, or null when it has no meaning yet
     * @throws RegionUnreadableException when it cannot be read
     */
    @Nullable
    RegionReading read(IntPredicate processes) {
        takeTwoAlike(processes);
        return last.isComplete() ? interpreted() : incomplete();
    }

    private void takeTwoAlike(IntPredicate processes) {
        long start = patience.nanoTime().getAsLong();
        last.take(file, processes);
        if (wasReady && last.agreesWith(interpreted)) {
            return;
        }
        for (int passes = 1; ; ) {
            RegionPass spare = earlier;
            earlier = last;
            last = spare;
            last.take(file, processes);
            passes++;
            boolean alike = last.agreesWith(earlier);
            if (alike && (last.isComplete() || !wasReady)) {
                return;
            }
            if (patience.isOver(passes, start)) {
                if (alike) {
                    return;
                }
                throw unreadable(neverStill(passes, patience.nanoTime().getAsLong() - start), null);
            }
            Thread.onSpinWait();
        }
    }

    private static String neverStill(int passes, long nanos) {
        return "was read " + passes + " times within " + nanos / 1_000_000
                + " ms, and was never found twice alike; measure when its processes are at rest, or look at fewer of them"
                + " (tt.memory.check.processes=tree)";
    }

    private @Nullable RegionReading incomplete() {
        int length = last.length();
        if (length == 0 && !wasReady) {
            return notReady("it is empty");
        }
        if (length < RegionLayout.STATE) {
            throw tooShort(length, RegionLayout.STATE);
        }
        if (last.isBlank()) {
            return notReady("nothing is written in it");
        }
        int version = last.version();
        if (!RegionLayout.isKnown(version)) {
            throw unreadable(
                    "is of version " + Integer.toUnsignedString(version) + ", and versions "
                            + RegionLayout.OLDEST_VERSION + " to " + RegionLayout.NEWEST_VERSION
                            + " can be read; delete it if no process uses the device any more, use a tt-memory-check that"
                            + " reads it, or " + EMBEDDED,
                    null);
        }
        if (length < RegionLayout.length(version)) {
            throw tooShort(length, RegionLayout.length(version));
        }
        return notReady("its writer has not finished");
    }

    /** Says once that there is nothing to read yet. */
    private @Nullable RegionReading notReady(String why) {
        if (wasReady) {
            throw unreadable(
                    "could be read before and cannot be now: " + why
                            + "; measure again, and if it stays so, delete the file when no process uses the device",
                    null);
        }
        if (!saidNotReady) {
            saidNotReady = true;
            SharedMemoryLog.log().debug(() -> file.path() + " is left out until it is ready: " + why);
        }
        return null;
    }

    private RegionReading interpreted() {
        RegionReading known = interpretation;
        if (known == null || !last.agreesWith(interpreted)) {
            known = interpret();
            interpretation = known;
            interpreted.copy(last);
        }
        wasReady = true;
        saidNotReady = false;
        return known;
    }

    private RegionReading interpret() {
        if (last.chip() != 0 && last.chip() != chip) {
            throw unreadable(
                    "says that it is of chip " + Long.toUnsignedString(last.chip())
                            + ", as if it were a copy; delete it when no process uses the device",
                    null);
        }
        if (last.device() > Integer.MAX_VALUE) {
            throw unreadable(
                    "says that its device has the number " + last.device()
                            + ", which no device has; delete it when no process uses the device",
                    null);
        }
        if (last.takenSlots() == RegionLayout.SLOT_COUNT && last.activeProcesses() > RegionLayout.SLOT_COUNT) {
            throw unreadable(
                    "has " + last.activeProcesses() + " processes and room for " + RegionLayout.SLOT_COUNT
                            + ", so that the figures of some are missing; use fewer processes a device, or " + EMBEDDED,
                    null);
        }
        List<SlotReading> slots = last.slots();
        slots.forEach(this::check);
        return new RegionReading((int) last.device(), slots);
    }

    private void check(SlotReading slot) {
        for (int i = 0; i < RegionLayout.KINDS.size(); i++) {
            if (slot.figure(i) < 0) {
                throw unreadable(
                        "says that process " + slot.processId() + " holds "
                                + Long.toUnsignedString(slot.figure(i)) + " bytes of "
                                + RegionLayout.KINDS.get(i)
                                + ", which no device has: it reported more freed than allocated; start that process anew, or"
                                + " use " + EMBEDDED,
                        null);
            }
        }
    }

    private RegionUnreadableException tooShort(int length, int needed) {
        return unreadable(
                (wasReady ? "was cut to " : "has ") + length + " bytes, and a region has " + needed
                        + " or more; delete it when no process uses the device",
                null);
    }

    private RegionUnreadableException unreadable(String what, @Nullable Throwable cause) {
        return RegionFile.unreadable(file.path(), what, cause);
    }

    @Override
    public void close() {
        file.close();
    }
}

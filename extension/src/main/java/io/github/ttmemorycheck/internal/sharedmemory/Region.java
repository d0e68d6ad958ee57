package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one region, while other processes write to it word by word. Not thread-safe.
 *
 * <p>A reading is whole passes, until two in a row agree in what matters: then all of it held at one moment, between
 * the two. The earlier one may be that of the previous reading, so that a region that has not changed costs one pass.
 * The time of the last change matters too: a figure that changed and changed back did move.
 *
 * <p>A file that is empty, or not written to its end, has no meaning yet, which is said in the log. After a first good
 * reading that is an error; everything else that cannot be read, or cannot be true, is one at any time.
 */
final class Region implements AutoCloseable {

    private final RegionFile file;
    private final SlotOwners owners;
    private final long chip;
    private final RetryLimit limit;
    private RegionPass last = new RegionPass();
    private RegionPass earlier = new RegionPass();

    /** What the last pass means; null while that is not known, as after an error. */
    private @Nullable RegionContent content;

    private boolean wasReady;
    private boolean saidNotReady;

    Region(RegionFile file, long chip, RetryLimit limit, SlotOwners owners) {
        this.file = file;
        this.owners = owners;
        this.chip = chip;
        this.limit = limit;
    }

    RegionFile file() {
        return file;
    }

    String chip() {
        return Long.toUnsignedString(chip);
    }

    /** Whether it was read before, so that it can be read on when its file has gone. */
    boolean wasReady() {
        return wasReady;
    }

    /** Returns when the region changed last before the reading, as its writers say. */
    long lastUpdate() {
        return last.lastUpdate();
    }

    /**
     * Returns what processes held that do not count, when it was read last: good enough to be mentioned, not to judge.
     */
    List<RegionContent.Slot> others() {
        return content == null ? List.of() : last.others();
    }

    /** Returns the processes of all slots where none is free, whether they count or not; else none. */
    List<Integer> crowd() {
        return last.isComplete() && last.isFull() ? last.processes() : List.of();
    }

    /** Makes the error of a table without a free slot: a further process would be missing from it. */
    TrackerException crowded(long living) {
        return unreadable("has no slot free of " + RegionLayout.SLOT_COUNT + ", " + living
                + " of them of processes that live or have the region mapped, so that the figures of a further one"
                + " would be missing; end them and delete it, use fewer processes a device, or "
                + UnreadableRegion.EMBEDDED);
    }

    String nameIn(RegionContent.Slot slot) {
        return last.name(slot.number());
    }

    /** Reads the region, and returns the slots of the processes that count, or null when it has no meaning yet. */
    @Nullable
    RegionContent read(IntPredicate processes) {
        RegionContent known = content;
        content = null;
        if (!pass(processes) || known == null) {
            passUntilTwoAgree(processes);
            known = last.isComplete() ? interpreted() : incomplete();
        }
        content = known;
        return known;
    }

    /** Makes one pass, and returns whether it agrees with the one before. */
    private boolean pass(IntPredicate processes) {
        RegionPass spare = earlier;
        earlier = last;
        last = spare;
        last.take(file, owners, processes);
        return last.agreesWith(earlier);
    }

    private void passUntilTwoAgree(IntPredicate processes) {
        long start = limit.nanoTime().getAsLong();
        for (int passes = 2; ; passes++) {
            boolean alike = pass(processes);
            if (alike && (last.isComplete() || !wasReady)) {
                return;
            }
            if (limit.isReached(passes, start)) {
                if (alike) {
                    return;
                }
                String time = Wording.time(limit.nanoTime().getAsLong() - start);
                throw unreadable("was read " + passes + " times within " + time
                        + ", and was never found twice alike; measure when its processes are at rest, or look at"
                        + " fewer of them (" + SettingKeys.PROCESSES + "=tree)");
            }
            Thread.onSpinWait();
        }
    }

    private @Nullable RegionContent incomplete() {
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
            throw unreadable("is of version " + Integer.toUnsignedString(version) + ", and versions "
                    + RegionLayout.OLDEST_VERSION + " to " + RegionLayout.NEWEST_VERSION
                    + " can be read; delete it if no process uses the device any more, use a tt-memory-check that"
                    + " reads it, or " + UnreadableRegion.EMBEDDED);
        }
        if (length < RegionLayout.length(version)) {
            throw tooShort(length, RegionLayout.length(version));
        }
        return notReady("its writer has not finished");
    }

    /** Says once that there is nothing to read yet. */
    private @Nullable RegionContent notReady(String why) {
        if (wasReady) {
            throw unreadable("could be read before and cannot be now: " + why
                    + "; measure again, and if it stays so, delete the file when no process uses the device");
        }
        if (!saidNotReady) {
            saidNotReady = true;
            UnreadableRegion.log().debug(() -> file.path() + " is left out until it is ready: " + why);
        }
        return null;
    }

    private RegionContent interpreted() {
        if (last.chip() != 0 && last.chip() != chip) {
            throw unreadable("says that it is of chip " + Long.toUnsignedString(last.chip())
                    + ", as if it were a copy; delete it when no process uses the device");
        }
        if (last.device() > Integer.MAX_VALUE) {
            throw unreadable("says that its device has the number " + last.device()
                    + ", which no device has; delete it when no process uses the device");
        }
        List<RegionContent.Slot> slots = last.slots();
        slots.forEach(this::check);
        wasReady = true;
        saidNotReady = false;
        return new RegionContent((int) last.device(), slots);
    }

    private void check(RegionContent.Slot slot) {
        for (int i = 0; i < RegionLayout.KINDS.size(); i++) {
            if (slot.figure(i) < 0) {
                throw unreadable("says that process " + slot.processId() + " holds "
                        + Long.toUnsignedString(slot.figure(i)) + " bytes of " + RegionLayout.KINDS.get(i)
                        + ", which no device has: it reported more freed than allocated; start that process anew, or"
                        + " use " + UnreadableRegion.EMBEDDED);
            }
        }
    }

    private TrackerException tooShort(int length, int needed) {
        return unreadable((wasReady ? "was cut to " : "has ") + length + " bytes, and a region has " + needed
                + " or more; delete it when no process uses the device");
    }

    private TrackerException unreadable(String what) {
        return UnreadableRegion.of(file.path(), what, null);
    }

    @Override
    public void close() {
        file.close();
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose the slots of one region are, by the numbers of this PID namespace. A runtime in a container writes the number
 * that it has there, often 1, which is that of another process here. The kernel knows what a process is called in its
 * own namespace, and which processes have the region mapped. Not thread-safe.
 *
 * <p>Looking costs a walk through all processes, so it is done once for a slot, and again where a slot changes whose
 * process is not there: only a living one changes it.
 */
final class SlotOwners {

    private record Owner(int number, ByteBuffer words, int processId) {}

    private final ProcFiles files;
    private final IntPredicate isThere;
    private final RegionFile region;
    private final @Nullable Owner[] owners = new Owner[RegionLayout.SLOT_COUNT];

    /** Makes the owners of a region; {@code isThere} says whether a process of this PID namespace is there still. */
    SlotOwners(ProcFiles files, IntPredicate isThere, RegionFile region) {
        this.files = files;
        this.isThere = isThere;
        this.region = region;
    }

    /**
     * Returns the process of a slot.
     *
     * @param number what stands in the slot, above 0
     * @param bytes the region, in which the slot's words begin at {@code from}
     */
    int owner(int slot, int number, byte[] bytes, int from) {
        Owner known = owners[slot];
        boolean isKnown = known != null && known.number() == number;
        if (isKnown && known.words().equals(ByteBuffer.wrap(bytes, from, RegionLayout.SLOT_FIGURES_LENGTH))) {
            return known.processId();
        }
        int owner = isKnown && isThere.test(known.processId()) ? known.processId() : look(number);
        byte[] words = Arrays.copyOfRange(bytes, from, from + RegionLayout.SLOT_FIGURES_LENGTH);
        owners[slot] = new Owner(number, ByteBuffer.wrap(words), owner);
        return owner;
    }

    private int look(int number) {
        String name = String.valueOf(region.path().getFileName());
        if (files.isInUse(number) && files.maps(number, region.inode(), name)) {
            return number;
        }
        List<Integer> elsewhere = files.calledInTheirNamespace(number).stream()
                .filter(process -> files.maps(process, region.inode(), name))
                .toList();
        return elsewhere.isEmpty() ? number : elsewhere.get(0);
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * One reading of the words of a region that matter; those of processes that do not count are left out. Reused from
 * reading to reading; not thread-safe.
 */
final class RegionPass {

    private static final int HEADER_WORDS = 4;
    private static final int FIGURES = RegionLayout.KINDS.size();
    private static final int WORDS_OF_A_SLOT = FIGURES + 2;
    private static final long UNSIGNED_INT = 0xffff_ffffL;
    private static final long COUNTS = 1L << 62;

    private final long[] words = new long[HEADER_WORDS + RegionLayout.SLOT_COUNT * WORDS_OF_A_SLOT];
    private int length = -1;
    private int count;

    /**
     * Reads the file, and takes every word; only the first two where the rest has no meaning, none where it is too
     * short.
     */
    void take(RegionFile file, IntPredicate processes) {
        file.read();
        length = file.length();
        count = 0;
        if (length < RegionLayout.STATE) {
            return;
        }
        words[0] = file.longAt(RegionLayout.VERSION);
        words[1] = file.longAt(RegionLayout.LAST_UPDATE);
        count = 2;
        if (!RegionLayout.isKnown(version()) || length < RegionLayout.length(version())) {
            return;
        }
        words[1] = version() < RegionLayout.FIRST_VERSION_WITH_STATE
                ? RegionLayout.STATE_READY
                : file.intAt(RegionLayout.STATE);
        if (words[1] == RegionLayout.STATE_READY) {
            words[2] = file.longAt(RegionLayout.CHIP);
            words[3] = file.longAt(RegionLayout.DEVICE) & UNSIGNED_INT;
            count = takeSlots(file, processes);
        }
    }

    private int takeSlots(RegionFile file, IntPredicate processes) {
        int next = HEADER_WORDS;
        for (int slot = 0; slot < RegionLayout.SLOT_COUNT; slot++) {
            int at = RegionLayout.slot(slot);
            int process = file.intAt(at + RegionLayout.SLOT_PROCESS);
            if (process <= 0) {
                continue;
            }
            boolean counts = processes.test(process);
            words[next++] = (counts ? COUNTS : 0) | (long) slot << Integer.SIZE | process;
            if (counts) {
                for (int i = 0; i < FIGURES; i++) {
                    words[next++] = file.longAt(at + RegionLayout.SLOT_FIGURES + i * Long.BYTES);
                }
                words[next++] = file.longAt(at + RegionLayout.SLOT_LAST_UPDATE);
            }
        }
        return next;
    }

    boolean agreesWith(RegionPass other) {
        return length == other.length && Arrays.equals(words, 0, count, other.words, 0, other.count);
    }

    /** Whether there was more than a header without a meaning. */
    boolean isComplete() {
        return count >= HEADER_WORDS;
    }

    /** Returns how many bytes there were, at most those of the longest region. */
    int length() {
        return length;
    }

    int version() {
        return (int) words[0];
    }

    /** Whether nothing has been written yet. */
    boolean isBlank() {
        return words[0] == 0 && words[1] == 0;
    }

    long activeProcesses() {
        return words[0] >>> Integer.SIZE;
    }

    long chip() {
        return words[2];
    }

    long device() {
        return words[3];
    }

    /** Returns how many slots belong to a process, whether it counts or not. */
    int takenSlots() {
        int taken = 0;
        for (int next = HEADER_WORDS; next < count; next += lengthOfSlotAt(next)) {
            taken++;
        }
        return taken;
    }

    /** Returns the slots of the processes that count. */
    List<ProcessSlot> slots() {
        List<ProcessSlot> slots = new ArrayList<>();
        for (int next = HEADER_WORDS; next < count; next += lengthOfSlotAt(next)) {
            if (lengthOfSlotAt(next) > 1) {
                int slot = (int) ((words[next] & ~COUNTS) >>> Integer.SIZE);
                slots.add(new ProcessSlot(
                        slot, (int) words[next], Arrays.copyOfRange(words, next + 1, next + WORDS_OF_A_SLOT)));
            }
        }
        return slots;
    }

    private int lengthOfSlotAt(int index) {
        return (words[index] & COUNTS) == 0 ? 1 : WORDS_OF_A_SLOT;
    }
}

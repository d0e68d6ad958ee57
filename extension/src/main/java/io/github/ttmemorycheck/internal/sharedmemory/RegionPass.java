package io.github.ttmemorycheck.internal.sharedmemory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * One reading of the words of a region that matter. What belongs to processes that are not looked at
 * is not taken. Reused from reading to reading; not thread-safe.
 */
final class RegionPass {

    private static final int HEADER_WORDS = 4;
    private static final int FIGURES = RegionLayout.KINDS.size();
    private static final int WORDS_OF_A_SLOT = FIGURES + 2;
    private static final long UNSIGNED_INT = 0xffff_ffffL;
    private static final long LOOKED_AT = 1L << 62;

    private final long[] words = new long[HEADER_WORDS + RegionLayout.SLOT_COUNT * WORDS_OF_A_SLOT];
    private int length;
    private int count;

    /** Reads the file, and takes every word; only the first two where the rest has no meaning, none where it is too short. */
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
        if (words[1] != RegionLayout.STATE_READY) {
            return;
        }
        words[2] = file.longAt(RegionLayout.CHIP);
        words[3] = file.longAt(RegionLayout.DEVICE) & UNSIGNED_INT;
        int next = HEADER_WORDS;
        for (int slot = 0; slot < RegionLayout.SLOT_COUNT; slot++) {
            int at = RegionLayout.SLOTS + slot * RegionLayout.SLOT_LENGTH;
            int process = file.intAt(at + RegionLayout.SLOT_PROCESS);
            if (process <= 0) {
                continue;
            }
            boolean lookedAt = processes.test(process);
            words[next++] = (lookedAt ? LOOKED_AT : 0) | (long) slot << Integer.SIZE | process;
            if (lookedAt) {
                for (int i = 0; i < FIGURES; i++) {
                    words[next++] = file.longAt(at + RegionLayout.SLOT_FIGURES + i * Long.BYTES);
                }
                words[next++] = file.longAt(at + RegionLayout.SLOT_LAST_UPDATE);
            }
        }
        count = next;
    }

    /** Becomes a copy of another pass. */
    void copy(RegionPass other) {
        System.arraycopy(other.words, 0, words, 0, other.count);
        length = other.length;
        count = other.count;
    }

    boolean agreesWith(RegionPass other) {
        return length == other.length && Arrays.equals(words, 0, count, other.words, 0, other.count);
    }

    /** Tells whether there was more than a header without a meaning. */
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

    /** Tells whether nothing has been written yet. */
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

    /** Returns how many slots belong to a process, looked at or not. */
    int takenSlots() {
        int taken = 0;
        for (int next = HEADER_WORDS; next < count; next += lengthOfSlotAt(next)) {
            taken++;
        }
        return taken;
    }

    /** Returns the slots of the processes that are looked at. */
    List<SlotReading> slots() {
        List<SlotReading> slots = new ArrayList<>();
        for (int next = HEADER_WORDS; next < count; next += lengthOfSlotAt(next)) {
            if (lengthOfSlotAt(next) > 1) {
                int slot = (int) ((words[next] & ~LOOKED_AT) >>> Integer.SIZE);
                slots.add(new SlotReading(
                        slot, (int) words[next], Arrays.copyOfRange(words, next + 1, next + WORDS_OF_A_SLOT)));
            }
        }
        return slots;
    }

    private int lengthOfSlotAt(int index) {
        return (words[index] & LOOKED_AT) == 0 ? 1 : WORDS_OF_A_SLOT;
    }
}

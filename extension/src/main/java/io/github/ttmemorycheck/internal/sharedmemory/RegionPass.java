package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.CommandLine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One reading of a region's bytes, and of which slots belong to processes that count. Reused from reading to reading;
 * not thread-safe.
 */
final class RegionPass {

    private final ByteBuffer bytes = ByteBuffer.allocate(RegionLayout.length(RegionLayout.NEWEST_VERSION))
            .order(ByteOrder.LITTLE_ENDIAN);

    private int length = -1;

    /** The process of each slot that is not free, by the numbers of this PID namespace. */
    private final int[] owner = new int[RegionLayout.SLOT_COUNT];

    /** A bit for each slot whose process counts. */
    private long counted;

    /** Reads the file; asks whose its slots are, and which of them count, where it is complete. */
    void take(RegionFile file, SlotOwners owners, IntPredicate processes) {
        length = file.read(bytes.array());
        Arrays.fill(bytes.array(), length, bytes.capacity(), (byte) 0);
        counted = 0;
        for (int slot = 0; isComplete() && slot < RegionLayout.SLOT_COUNT; slot++) {
            int number = process(slot);
            if (number > 0) {
                int words = RegionLayout.slot(slot) + RegionLayout.SLOT_FIGURES;
                owner[slot] = owners.owner(slot, number, bytes.array(), words);
                counted |= processes.test(owner[slot]) ? 1L << slot : 0;
            }
        }
    }

    /** Whether another pass found the same in everything that matters: other figures may have changed. */
    boolean agreesWith(RegionPass other) {
        if (length == other.length && counted == other.counted && Arrays.equals(bytes.array(), other.bytes.array())) {
            return true; // Most readings end here.
        }
        if (length != other.length || isComplete() != other.isComplete() || !isSame(other, RegionLayout.VERSION, 8)) {
            return false;
        }
        if (!isComplete()) {
            return isBlank() == other.isBlank();
        }
        return counted == other.counted
                && isSame(other, RegionLayout.CHIP, 12)
                && IntStream.range(0, RegionLayout.SLOT_COUNT).allMatch(slot -> agrees(slot, other));
    }

    private boolean agrees(int slot, RegionPass other) {
        return process(slot) == other.process(slot)
                && (!isCounted(slot)
                        || isSame(
                                other,
                                RegionLayout.slot(slot) + RegionLayout.SLOT_FIGURES,
                                RegionLayout.SLOT_FIGURES_LENGTH));
    }

    private boolean isSame(RegionPass other, int from, int count) {
        return Arrays.equals(bytes.array(), from, from + count, other.bytes.array(), from, from + count);
    }

    private boolean isCounted(int slot) {
        return (counted >>> slot & 1) != 0;
    }

    /** Returns the process of a slot; 0 where it is free or being released. */
    private int process(int slot) {
        return Math.max(0, bytes.getInt(RegionLayout.slot(slot)));
    }

    /** Whether the file was long enough for a version that is known, and its writer had finished it. */
    boolean isComplete() {
        return RegionLayout.isKnown(version())
                && length >= RegionLayout.length(version())
                && (version() < RegionLayout.FIRST_VERSION_WITH_STATE
                        || bytes.getInt(RegionLayout.STATE) == RegionLayout.STATE_READY);
    }

    /** Returns how many bytes there were, at most those of the longest region. */
    int length() {
        return length;
    }

    int version() {
        return bytes.getInt(RegionLayout.VERSION);
    }

    /** Whether nothing has been written yet. */
    boolean isBlank() {
        return bytes.getLong(RegionLayout.VERSION) == 0 && lastUpdate() == 0;
    }

    long lastUpdate() {
        return bytes.getLong(RegionLayout.LAST_UPDATE);
    }

    long chip() {
        return bytes.getLong(RegionLayout.CHIP);
    }

    long device() {
        return Integer.toUnsignedLong(bytes.getInt(RegionLayout.DEVICE));
    }

    /** Whether every slot belongs to a process, whether it counts or not. */
    boolean isFull() {
        return IntStream.range(0, RegionLayout.SLOT_COUNT).allMatch(slot -> process(slot) > 0);
    }

    List<Integer> processes() {
        return IntStream.range(0, RegionLayout.SLOT_COUNT)
                .mapToObj(slot -> owner[slot])
                .toList();
    }

    List<RegionContent.Slot> slots() {
        return IntStream.range(0, RegionLayout.SLOT_COUNT)
                .filter(this::isCounted)
                .mapToObj(this::slot)
                .toList();
    }

    /** Returns the slots of processes that do not count, as they were in this pass alone: their words may be torn. */
    List<RegionContent.Slot> others() {
        return IntStream.range(0, RegionLayout.SLOT_COUNT)
                .filter(slot -> process(slot) > 0 && !isCounted(slot))
                .mapToObj(this::slot)
                .toList();
    }

    private RegionContent.Slot slot(int slot) {
        byte[] words = field(slot, RegionLayout.SLOT_FIGURES, RegionLayout.SLOT_FIGURES_LENGTH);
        return new RegionContent.Slot(slot, owner[slot], ByteBuffer.wrap(words).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Returns the name in a slot, which may be torn. */
    String name(int slot) {
        byte[] name = field(slot, RegionLayout.SLOT_NAME, RegionLayout.SLOT_NAME_LENGTH);
        return CommandLine.of(new String(name, StandardCharsets.UTF_8).split("\0", 2)[0]);
    }

    private byte[] field(int slot, int offset, int count) {
        int from = RegionLayout.slot(slot) + offset;
        return Arrays.copyOfRange(bytes.array(), from, from + count);
    }
}

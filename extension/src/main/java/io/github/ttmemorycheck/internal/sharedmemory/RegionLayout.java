package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a region's file, and where its fields stand, in bytes from its start. All numbers are little-endian and
 * aligned to their size. Versions 2 to 4 are the same except for the state at the end, which came with version 4.
 */
final class RegionLayout {

    static final int OLDEST_VERSION = 2;
    static final int NEWEST_VERSION = 4;
    static final int FIRST_VERSION_WITH_STATE = 4;

    /** A u32, and behind it the number of active processes, a u32. */
    static final int VERSION = 0;

    /** A u64, in nanoseconds since the epoch. */
    static final int LAST_UPDATE = 8;

    /** A u64, the number in the file's name; 0 where a writer does not set it. */
    static final int CHIP = 32;

    /** A u32, the logical number, and behind it four bytes without a meaning. */
    static final int DEVICE = 40;

    private static final int SLOTS = 856;
    private static final int SLOT_LENGTH = 120;
    static final int SLOT_COUNT = 64;

    /** In a slot: a u64 for each of {@link #KINDS}, and one for the last change, in nanoseconds since the epoch. */
    static final int SLOT_FIGURES = 8;

    static final int SLOT_FIGURES_LENGTH = 48;

    /** In a slot: a name, ended by a zero byte unless it fills its field. */
    static final int SLOT_NAME = 56;

    static final int SLOT_NAME_LENGTH = 64;

    /** A u32, from version 4 on. */
    static final int STATE = SLOTS + SLOT_COUNT * SLOT_LENGTH;

    static final int STATE_READY = 0x52454459;

    /** The kinds of memory that there are figures of, in their order. */
    static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.L1_SMALL, MemoryKind.TRACE, MemoryKind.CIRCULAR_BUFFER);

    private static final Pattern NAME = Pattern.compile("tt_device_(0|[1-9][0-9]{0,19})_memory");

    private RegionLayout() {}

    /** Returns the chip's number, unsigned, from the name of a file; empty when it is the name of no region. */
    static Optional<Long> chip(Path file) {
        Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
        try {
            return matcher.matches() ? Optional.of(Long.parseUnsignedLong(matcher.group(1))) : Optional.empty();
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /**
     * Returns where a slot begins: with its process, an i32, 0 where the slot is free, negative while it is being
     * released.
     */
    static int slot(int number) {
        return SLOTS + number * SLOT_LENGTH;
    }

    static boolean isKnown(int version) {
        return version >= OLDEST_VERSION && version <= NEWEST_VERSION;
    }

    /** Returns how many bytes a region of a known version has at least. */
    static int length(int version) {
        return version >= FIRST_VERSION_WITH_STATE ? STATE + Integer.BYTES : STATE;
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A region as a writer of the field makes it, byte for byte, with offsets of its own: what the reader takes them for
 * does not come in here.
 */
public final class WrittenRegion {

    public static final int LENGTH = 8576;
    public static final int READY = 0x52454459;

    private final Path file;

    private WrittenRegion(Path file) {
        this.file = file;
    }

    /** Writes the region of a chip, of version 4 and ready, with no processes. */
    public static WrittenRegion create(Path directory, String chip, int device) throws IOException {
        return create(directory, chip, device, 4, LENGTH);
    }

    public static WrittenRegion create(Path directory, String chip, int device, int version, int length)
            throws IOException {
        WrittenRegion region = at(directory, chip);
        Files.write(region.file, bytes(chip, device, version, length));
        return region;
    }

    /** The region of a chip, which may or may not be there. */
    public static WrittenRegion at(Path directory, String chip) {
        return new WrittenRegion(directory.resolve("tt_device_" + chip + "_memory"));
    }

    public static byte[] bytes(String chip, int device, int version, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, version);
        bytes.putLong(8, 1_700_000_000_000_000_000L);
        bytes.putLong(32, Long.parseUnsignedLong(chip));
        bytes.putInt(40, device);
        for (int slot = 0; slot < 16; slot++) {
            bytes.putInt(88 + 48 * slot, 0xffff_ffff);
        }
        if (version == 4) {
            bytes.putInt(8536, READY);
        }
        return Arrays.copyOf(bytes.array(), length);
    }

    public Path file() {
        return file;
    }

    /** Gives a slot to a process that holds nothing. */
    public WrittenRegion attach(int slot, int pid, String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer field = ByteBuffer.allocate(64).put(bytes, 0, Math.min(64, bytes.length));
        write(at(slot) + 56, field.array());
        return putInt(at(slot), pid);
    }

    /** Sets what a slot holds: DRAM, L1, L1_SMALL, TRACE and circular buffers; missing ones stay. */
    public WrittenRegion hold(int slot, long... figures) throws IOException {
        for (int i = 0; i < figures.length; i++) {
            putLong(at(slot) + 8 + 8 * i, figures[i]);
        }
        return touch(slot);
    }

    /** Adds to one figure of a slot. */
    public WrittenRegion add(int slot, int figure, long bytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(at(slot) + 8 + 8L * figure);
            long before = Long.reverseBytes(out.readLong());
            out.seek(at(slot) + 8 + 8L * figure);
            out.writeLong(Long.reverseBytes(before + bytes));
        }
        return touch(slot);
    }

    /** Notes a change, in the slot and in the header. */
    private WrittenRegion touch(int slot) throws IOException {
        long now = System.nanoTime();
        return putLong(at(slot) + 48, now).putLong(8, now);
    }

    public WrittenRegion putInt(int offset, int value) throws IOException {
        return write(
                offset,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .array());
    }

    public WrittenRegion putLong(int offset, long value) throws IOException {
        return write(
                offset,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    public WrittenRegion cut(long length) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(length);
        }
        return this;
    }

    private WrittenRegion write(int offset, byte[] bytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(offset);
            out.write(bytes);
        }
        return this;
    }

    private static int at(int slot) {
        return 856 + 120 * slot;
    }
}

package io.github.ttmemorycheck.samples.simulation;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The shared-memory region of one simulated chip, of version 4, with one slot, that of this process. Like the runtime
 * it writes one word after the other, so that a reader may see them half changed. Not thread-safe: guarded by
 * {@link SimulatedRegions}.
 */
final class SimulatedRegion {

    private static final int LENGTH = 8576;
    private static final int VERSION = 4;
    private static final int READY = 0x5245_4459;
    private static final int PROCESSES_AT = 4;
    private static final int LAST_UPDATE_AT = 8;
    private static final int CHIP_AT = 32;
    private static final int DEVICE_AT = 40;
    private static final int TOTALS_AT = 48;
    private static final int CHIPS_AT = 88;
    private static final int CHIP_LENGTH = 48;
    private static final int CHIPS = 16;
    private static final int SLOT_AT = 856;
    private static final int SLOT_UPDATE_AT = SLOT_AT + 48;
    private static final int SLOT_NAME_AT = SLOT_AT + 56;
    private static final int STATE_AT = 8536;
    private static final int UNUSED = -1;

    private static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.L1_SMALL, MemoryKind.TRACE, MemoryKind.CIRCULAR_BUFFER);

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MappedByteBuffer bytes;

    private SimulatedRegion(MappedByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * Writes the region of a chip anew, readable by its user alone. One that an earlier process left is replaced at
     * once.
     */
    static SimulatedRegion create(Path directory, long chip, int device) throws IOException {
        ByteBuffer fresh = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        fresh.putInt(0, VERSION).putInt(PROCESSES_AT, 1).putLong(CHIP_AT, chip).putInt(DEVICE_AT, device);
        for (int unused = 1; unused < CHIPS; unused++) {
            fresh.putInt(CHIPS_AT + unused * CHIP_LENGTH, UNUSED);
        }
        fresh.putInt(SLOT_AT, (int) ProcessHandle.current().pid());
        fresh.put(SLOT_NAME_AT, "SIMULATED mesh".getBytes(StandardCharsets.US_ASCII));
        fresh.putInt(STATE_AT, READY);
        Path file = directory.resolve("tt_device_" + chip + "_memory");
        Path written = Files.createTempFile(
                directory,
                "new",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.write(fresh);
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            return new SimulatedRegion(mapped);
        }
    }

    /** Books an allocation, or, with a negative size, a free. */
    void add(MemoryKind kind, long size, long nanosSinceEpoch) {
        int figure = KINDS.indexOf(kind) * Long.BYTES;
        for (int table : new int[] {TOTALS_AT, CHIPS_AT + Long.BYTES, SLOT_AT + Long.BYTES}) {
            LONG.setRelease(bytes, table + figure, (long) LONG.getAcquire(bytes, table + figure) + size);
        }
        LONG.setRelease(bytes, SLOT_UPDATE_AT, nanosSinceEpoch);
        LONG.setRelease(bytes, LAST_UPDATE_AT, nanosSinceEpoch);
    }
}

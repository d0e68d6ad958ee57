package io.github.ttmemorycheck.internal.sharedmemory;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process that writes to a region as fast as it can, with short rests: DRAM in the first slot and L1 in the last rise
 * by one in turn. At any moment the first is ahead by none or one.
 */
final class PairWriterProgram {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST = 856;
    private static final int LAST = 856 + 63 * 120;
    private static final int PAIRS_IN_A_ROW = 1000;
    private static final long REST_NANOS = 100_000;

    private PairWriterProgram() {}

    public static void main(String[] arguments) throws IOException {
        ByteBuffer region;
        try (FileChannel file =
                FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            region = file.map(FileChannel.MapMode.READ_WRITE, 0, WrittenRegion.LENGTH);
        }
        int self = (int) ProcessHandle.current().pid();
        INTS.setRelease(region, FIRST, self);
        INTS.setRelease(region, LAST, self);
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write("writing\n".getBytes(StandardCharsets.UTF_8));
            long n = 0;
            while (System.in.available() == 0) {
                for (int i = 0; i < PAIRS_IN_A_ROW; i++) {
                    n++;
                    LONGS.setRelease(region, FIRST + 8, n);
                    LONGS.setRelease(region, LAST + 16, n);
                    LONGS.setRelease(region, LAST + 48, n);
                }
                long until = System.nanoTime() + REST_NANOS;
                while (System.nanoTime() - until < 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}

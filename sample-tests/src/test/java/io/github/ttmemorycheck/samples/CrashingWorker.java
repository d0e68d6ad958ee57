package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that holds a buffer in L1 until it is killed, or its standard input ends. */
final class CrashingWorker {

    static final long BYTES = 8 * 1024;

    private CrashingWorker() {}

    public static void main(String[] arguments) throws IOException {
        try (AllocationClient client = AllocationClient.connect(Path.of(arguments[0]));
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            client.allocate(0, MemoryKind.L1, 0x8_0000, BYTES);
            out.write("ready\n".getBytes(StandardCharsets.UTF_8));
            System.in.transferTo(FileOutputStream.nullOutputStream());
        }
    }
}

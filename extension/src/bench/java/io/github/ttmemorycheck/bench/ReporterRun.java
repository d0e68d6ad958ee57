package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that holds one buffer on a device and stays connected until its input ends. */
final class ReporterRun {

    private ReporterRun() {}

    /** Takes the path of the tracker's socket and the number of the device. */
    public static void main(String[] arguments) throws IOException {
        try (AllocationClient client = AllocationClient.connect(Path.of(arguments[0]))) {
            client.allocate(Integer.parseInt(arguments[1]), MemoryKind.DRAM, 0x1000, 4096);
            System.out.println("connected");
            System.in.read();
        }
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A process as today's runtime makes one: it knows no server, and takes its slot of a region of version 3 at its first
 * allocation. A line is a figure (0 DRAM, 1 L1, 4 circular buffers) and the bytes to add to it; each is answered.
 */
public final class MainlineRuntimeProgram {

    /** As the runtime has it for its whole life: that tells who a number of a container is. */
    private static final List<MappedByteBuffer> MAPPED = new ArrayList<>();

    private MainlineRuntimeProgram() {}

    /** Takes the directory, the chip and the device. */
    public static void main(String[] arguments) throws IOException {
        int self = (int) ProcessHandle.current().pid();
        WrittenRegion region = null;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (region == null) {
                region = WrittenRegion.create(
                                Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]), 3, 8536)
                        .attach(0, self, "runtime");
                MAPPED.add(map(region.file()));
            }
            String[] words = line.split(" ", -1);
            region.add(0, Integer.parseInt(words[0]), Long.parseLong(words[1]));
            System.out.println("done");
        }
    }

    private static MappedByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
        }
    }
}

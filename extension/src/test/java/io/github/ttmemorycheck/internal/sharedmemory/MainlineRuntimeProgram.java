package io.github.ttmemorycheck.internal.sharedmemory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process as today's runtime makes one: it knows no server, and takes its slot of a region of version 3 at its first
 * allocation. A line is a figure (0 DRAM, 1 L1, 4 circular buffers) and the bytes to add to it; each is answered.
 */
public final class MainlineRuntimeProgram {

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
            }
            String[] words = line.split(" ", -1);
            region.add(0, Integer.parseInt(words[0]), Long.parseLong(words[1]));
            System.out.println("done");
        }
    }
}

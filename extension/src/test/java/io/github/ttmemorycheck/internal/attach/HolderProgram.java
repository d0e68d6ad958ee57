package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A process that reports allocations to an allocation server and keeps them until its input ends. */
public final class HolderProgram {

    private HolderProgram() {}

    /** Starts it; returns when the server's socket has taken every event. */
    public static Child start(
            Path directory, Path socket, List<Integer> devices, MemoryKind kind, long address, long bytes)
            throws IOException {
        String numbers = String.join(",", devices.stream().map(String::valueOf).toList());
        Child child = Child.java(
                directory.resolve("holder-errors"),
                List.of(),
                HolderProgram.class,
                socket.toString(),
                numbers,
                kind.name(),
                Long.toString(address),
                Long.toString(bytes));
        String answer = child.readLine();
        if (!answer.equals("held")) {
            child.close();
            throw new IOException("the holder did not start: " + answer);
        }
        return child;
    }

    public static void main(String[] arguments) throws IOException {
        MemoryKind kind = MemoryKind.valueOf(arguments[2]);
        try (AllocationClient client = AllocationClient.connect(Path.of(arguments[0]))) {
            for (int device : Arrays.stream(arguments[1].split(",", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray()) {
                client.allocate(device, kind, Long.parseLong(arguments[3]), Long.parseLong(arguments[4]));
            }
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                out.write("held\n".getBytes(StandardCharsets.UTF_8));
                while (System.in.read() >= 0) {
                    // Whatever comes does not matter.
                }
            }
        }
    }
}

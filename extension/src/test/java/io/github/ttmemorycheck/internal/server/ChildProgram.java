package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.tracker.AllocationServer;
import io.github.ttmemorycheck.tracker.TrackerException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What tests run as another process: one role, a socket, and what the role takes. Ends when standard input does. */
final class ChildProgram {

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private ChildProgram() {}

    public static void main(String[] arguments) throws IOException {
        Path socket = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "hold" -> hold(socket);
            case "count" -> count(socket, Generation.valueOf(arguments[2]), Integer.parseInt(arguments[3]));
            case "race" -> race(socket);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Allocates and keeps it. */
    private static void hold(Path socket) throws IOException {
        try (TestClient client = new TestClient(socket, Generation.G2)) {
            client.send(Events.alloc(3, MemoryKind.DRAM, 0x1000, 4096));
            client.send(Events.alloc(3, MemoryKind.L1, 0x2000, 2048));
            say("held");
            untilInputEnds();
        }
    }

    /**
     * Counts up: allocates buffer n with n bytes, says n as eight bytes, frees buffer n - 1, each with a send of its own.
     */
    private static void count(Path socket, Generation generation, int device) throws IOException {
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        try (TestClient client = new TestClient(socket, generation)) {
            for (long n = 1; System.in.available() == 0; n++) {
                client.send(Events.alloc(device, MemoryKind.DRAM, n, n));
                number.clear().putLong(n);
                OUT.write(number.array());
                client.send(Events.sized(MessageType.FREE, device, n - 1, 0));
            }
        }
    }

    /** Tries to serve as soon as it is told to. */
    private static void race(Path socket) throws IOException {
        say("ready");
        if (System.in.read() < 0) {
            return;
        }
        try (AllocationServer server = AllocationServer.start(socket)) {
            say("won at " + server.socket());
            untilInputEnds();
        } catch (TrackerException e) {
            say("lost: " + e.getMessage());
        }
    }

    private static void untilInputEnds() throws IOException {
        while (System.in.read() >= 0) {
            // Whatever comes does not matter.
        }
    }

    private static void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}

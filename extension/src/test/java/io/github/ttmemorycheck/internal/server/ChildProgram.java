package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.TrackerException;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What tests run as another process: one role, a socket, and what the role takes. Ends when standard input does. */
final class ChildProgram {

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private ChildProgram() {}

    public static void main(String[] arguments) throws IOException {
        Path socket = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "hold" -> hold(socket, Events.SELF);
            case "hold-as" -> hold(socket, Integer.parseInt(arguments[2]));
            case "owners" -> owners(socket);
            case "count" -> count(socket, Generation.valueOf(arguments[2]), Integer.parseInt(arguments[3]));
            case "race" -> race();
            case "serve" -> serve(socket);
            case "lock" -> lock(socket);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Allocates and keeps it. */
    private static void hold(Path socket, int pid) throws IOException {
        try (TestClient client = new TestClient(socket, Generation.G2)) {
            client.send(Events.alloc(3, MemoryKind.DRAM, 0x1000, 4096, pid));
            client.send(Events.alloc(3, MemoryKind.L1, 0x2000, 2048, pid));
            say("held");
            untilInputEnds();
        }
    }

    /**
     * Counts up: allocates buffer n with n bytes, says n as eight bytes, frees buffer n - 1, each with a send of its
     * own.
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

    /** Tries to serve at each path that it is told, at the moment that it is told; keeps what it won until the next. */
    private static void race() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        say("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            while (System.nanoTime() - Long.parseLong(words[0]) < 0) {
                Thread.onSpinWait();
            }
            try (AllocationServer server = AllocationServer.start(words[1])) {
                say("won at " + server.socket());
                in.readLine();
            } catch (TrackerException e) {
                say("lost: " + e.getMessage());
                in.readLine();
            }
        }
    }

    /** Serves, and says for each line of input who owns the buffers. */
    private static void owners(Path socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (AllocationServer server = AllocationServer.start(socket)) {
            say("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                MemorySnapshot snapshot = server.snapshot();
                say(snapshot.buffers().size() + " of " + snapshot.commands().values());
            }
        }
    }

    /** Serves, and says for each line of input what a snapshot gives. */
    private static void serve(Path socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (AllocationServer server = AllocationServer.start(socket)) {
            server.snapshot();
            say("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                try {
                    say("allocated " + server.snapshot().allocated(MemoryKind.DRAM));
                } catch (TrackerException e) {
                    say(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** Says whether another process holds a lock on a file. */
    private static void lock(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            say(channel.tryLock() == null ? "held" : "free");
        }
    }

    private static void untilInputEnds() throws IOException {
        while (System.in.read() >= 0) {
            // Whatever comes does not matter.
        }
    }

    private static void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}

package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.TestClient;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A third-party server in a process of its own, and a client of its generation. */
public final class ThirdPartyFake implements AutoCloseable {

    private static final int PROCESS = (int) ProcessHandle.current().pid();

    private final Path directory;
    private final Path socket;
    private final Generation generation;
    private final Child server;
    private final TestClient client;

    private ThirdPartyFake(Path directory, Path socket, Generation generation, Child server) throws IOException {
        this.directory = directory;
        this.socket = socket;
        this.generation = generation;
        this.server = server;
        this.client = new TestClient(socket, generation);
    }

    public static ThirdPartyFake start(Path directory, Generation generation, String... options) throws IOException {
        Path socket = directory.resolve("third-party");
        List<String> arguments = new ArrayList<>(List.of(socket.toString(), Integer.toString(generation.length())));
        arguments.addAll(List.of(options));
        Child server = Child.run(directory.resolve("third-party-errors").toFile(), command(arguments));
        assertThat(server.readLine()).isEqualTo("listening");
        return new ThirdPartyFake(directory, socket, generation, server);
    }

    /** The program with its arguments: a JVM that starts fast, since it loads nothing but the one class. */
    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classes()));
        command.add(ThirdPartyServerProgram.class.getName());
        command.addAll(arguments);
        return command;
    }

    private static String classes() {
        try {
            return Path.of(ThirdPartyServerProgram.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The program as a command of the shell. */
    public static String shell(Path socket, Generation generation) {
        return command(List.of(socket.toString(), Integer.toString(generation.length()))).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
    }

    public Path socket() {
        return socket;
    }

    public Child server() {
        return server;
    }

    /**
     * Takes what it prints from now on and throws it away: a server whose output nobody takes stands still in the end.
     */
    public void drain() {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!server.readLine().equals("null")) {
                            // Whatever it prints does not matter.
                        }
                    } catch (IOException closed) {
                        return; // the test is over
                    }
                },
                "third-party-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** What it died of, if it did. */
    public String faults() throws IOException {
        return Files.readString(directory.resolve("third-party-errors"));
    }

    public void allocate(int device, MemoryKind kind, long address, long bytes) throws IOException {
        MessageType type = switch (kind) {
            case CIRCULAR_BUFFER -> MessageType.CB_ALLOC;
            case KERNEL -> MessageType.KERNEL_LOAD;
            default -> MessageType.ALLOC;
        };
        send(new ClientMessage(type, device, bytes, type == MessageType.ALLOC ? number(kind) : 0, PROCESS, address, 1));
    }

    /** Allocates for a process that the server does not find among those that live. */
    void allocateOfNobody(long address, long bytes) throws IOException {
        send(new ClientMessage(MessageType.ALLOC, 0, bytes, number(MemoryKind.DRAM), 1_000_000_000, address, 1));
    }

    /** Sends only: the server may not have read it yet. */
    public void post(int device, MemoryKind kind, long address, long bytes) throws IOException {
        client.send(new ClientMessage(MessageType.ALLOC, device, bytes, number(kind), PROCESS, address, 1));
    }

    public void free(int device, MemoryKind kind, long address, long bytes) throws IOException {
        MessageType type = switch (kind) {
            case CIRCULAR_BUFFER -> MessageType.CB_FREE;
            case KERNEL -> MessageType.KERNEL_UNLOAD;
            default -> MessageType.FREE;
        };
        send(new ClientMessage(type, device, bytes, 0, PROCESS, address, 0));
    }

    /** Sends; returns when the server has booked it. */
    private void send(ClientMessage message) throws IOException {
        client.send(message);
        client.query(0);
    }

    static int number(MemoryKind kind) {
        return List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.SYSTEM_MEMORY, MemoryKind.L1_SMALL, MemoryKind.TRACE)
                .indexOf(kind);
    }

    Child hold(List<Integer> devices, MemoryKind kind, long address, long bytes) throws IOException {
        Child holder = Child.run(
                directory.resolve("holder-errors").toFile(),
                command(List.of(
                        "hold",
                        socket.toString(),
                        Integer.toString(generation.length()),
                        String.join(",", devices.stream().map(String::valueOf).toList()),
                        Integer.toString(number(kind)),
                        Long.toString(address),
                        Long.toString(bytes))));
        assertThat(holder.readLine()).isEqualTo("held");
        return holder;
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}

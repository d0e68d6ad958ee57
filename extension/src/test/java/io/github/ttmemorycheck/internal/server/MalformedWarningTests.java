package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server says of malformed messages: enough to find the sender, not as much as it sends. */
@Timeout(60)
class MalformedWarningTests {

    @TempDir
    Path directory;

    @Test
    void each_connection_is_warned_of_once() throws IOException {
        Path errors = directory.resolve("err");
        Path socket = directory.resolve("s");
        try (Child server = Child.java(errors, List.of(), AllocationServer.class, "--socket", socket.toString())) {
            assertThat(server.readLine()).startsWith("listening");
            try (TestClient first = new TestClient(socket, Generation.G1);
                    TestClient second = new TestClient(socket, Generation.G1)) {
                sendMalformed(first, 3);
                sendMalformed(second, 2);
                assertThat(warnings(errors)).hasSize(2).allMatch(line -> line.contains("its bytes: 01"));
            }
        }
    }

    /** The answer to the question behind them tells that all have been read. */
    private static void sendMalformed(TestClient client, int times) throws IOException {
        byte[] wrongKind = client.bytes(Events.alloc(0, MemoryKind.DRAM, 1, 9));
        wrongKind[16] = 9;
        for (int sent = 0; sent < times; sent++) {
            client.send(wrongKind);
        }
        assertThat(client.query(0).dram()).isZero();
    }

    private static List<String> warnings(Path errors) throws IOException {
        try (var lines = Files.lines(errors)) {
            return lines.filter(line -> line.contains("a message could not be read"))
                    .toList();
        }
    }
}

package io.github.ttmemorycheck.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.server.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client of a few lines in another language, with messages of 72 bytes; in plain Java where there is no Python. */
@Timeout(60)
class PythonClientTests {

    static final String SCRIPT = """
            import os, socket, struct, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            def send(kind, device=0, size=0, buffer_type=0, buffer=0):
                s.sendall(struct.pack('B3xiQB3xiQQ4Q', kind, device, size, buffer_type, os.getpid(), buffer, 0, 0, 0, 0, 0))
            def query(device):
                send(3, device)
                return struct.unpack('B3xiQB3xiQQ4Q', s.recv(72, socket.MSG_WAITALL))[7:]
            send(1, 0, 12288, 0, 0x3ffff800)
            send(1, 0, 4096, 1, 0x18b20)
            send(1, 5, 2048, 2, 0x1000)
            print(query(0), query(5), flush=True)
            send(2, 0, 0, 0, 0x18b20)
            print(query(0), flush=True)
            send(5)
            sys.stdin.read()
            """;

    @TempDir
    Path directory;

    @Test
    void allocates_frees_queries_and_asks_for_a_dump() throws Exception {
        Path socket = directory.resolve("s");
        Path errors = directory.resolve("err");
        List<String> info = List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
        try (Child server = Child.java(errors, info, AllocationServer.class, "--socket", socket.toString())) {
            assertThat(server.readLine()).startsWith("listening");
            try (Child python = Python.run(errors.toFile(), SCRIPT, "client", socket.toString())) {
                assertThat(python.readLine()).isEqualTo("(12288, 4096, 0, 0) (0, 0, 2048, 0)");
                assertThat(python.readLine()).isEqualTo("(12288, 0, 0, 0)");
                Eventually.isTrue("the dump is logged", () -> lines(errors).size() >= 5);
                List<String> dump = lines(errors);
                String pid = "pid " + python.pid() + " ";
                assertThat(dump).hasSize(5);
                assertThat(dump.get(0)).endsWith("Device memory held: 2 buffers on 2 devices");
                assertThat(dump.get(1)).isEqualTo("  device 0: DRAM 12 KiB in 1 buffer");
                assertThat(dump.get(2))
                        .startsWith("    DRAM             0x3ffff800          12 KiB      ref_count 1   " + pid)
                        .contains(Python.isThere() ? "python3" : "java");
                assertThat(dump.get(3)).isEqualTo("  device 5: SYSTEM_MEMORY 2 KiB in 1 buffer");
                assertThat(dump.get(4))
                        .startsWith("    SYSTEM_MEMORY    0x00001000          2 KiB       ref_count 1   " + pid);
            }
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException notYet) {
            return List.of();
        }
    }
}

package io.github.ttmemorycheck.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.attach.ServerTracker;
import io.github.ttmemorycheck.internal.attach.ThirdPartyFake;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TotalsMonitorTests {

    @TempDir
    Path directory;

    private static String print(MemoryTracker tracker, boolean terminal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TotalsMonitor(tracker, new PrintStream(out, true, StandardCharsets.UTF_8), terminal, 0)
                .print(1_250_000_000L);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_line_for_each_device_where_it_is_piped() {
        try (EmbeddedTracker server = EmbeddedTracker.start(directory.resolve("s"));
                AllocationClient client = AllocationClient.connect(server.socket())) {
            assertThat(print(server, false)).isEqualTo("1.2 s  no device has been seen\n");
            client.allocate(0, MemoryKind.DRAM, 0x1000, 36 * 1024);
            client.allocate(3, MemoryKind.L1, 0x1000, 512);
            assertThat(print(server, false)).isEqualTo("1.2 s  device 0: DRAM 36 KiB\n1.2 s  device 3: L1 512 B\n");
        }
    }

    @Test
    void bars_on_a_terminal_against_what_the_device_has() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G2, "devices=1");
                ServerTracker tracker = ServerTracker.attach(fake.socket())) {
            fake.allocate(0, MemoryKind.DRAM, 0x1000, 4L << 30);
            assertThat(print(tracker, true))
                    .startsWith("\u001b[H\u001b[2J" + tracker.description() + ", 1.2 s\n\ndevice 0: DRAM 4 GiB\n")
                    .contains("\n  DRAM [##########                    ] of 12 GiB\n")
                    .endsWith("\n  L1   [                              ] of 96 MiB\n");
        }
    }

    @Test
    void the_program_serves_and_prints_and_another_one_watches_it() throws Exception {
        Path socket = directory.resolve("s");
        Path errors = directory.resolve("errors");
        try (Child serving = Child.java(
                        errors, List.of(), AllocationServer.class, "--monitor", "--socket", socket.toString());
                AllocationClient client = client(serving, socket)) {
            client.allocate(2, MemoryKind.DRAM, 0x1000, 4096);
            until(serving, "device 2: DRAM 4 KiB");
            try (Child watching =
                    Child.java(errors, List.of(), AllocationServer.class, "--monitor", "--socket=" + socket)) {
                assertThat(watching.readLine())
                        .startsWith("watching the attached allocation server tracker, " + socket);
                until(watching, "device 2: DRAM 4 KiB");
                serving.process().destroy();
                assertThat(serving.exitCode()).isEqualTo(143);
                assertThat(watching.exitCode()).isEqualTo(1);
            }
        }
        assertThat(socket).doesNotExist();
    }

    private static AllocationClient client(Child serving, Path socket) throws java.io.IOException {
        assertThat(serving.readLine()).startsWith("listening");
        return AllocationClient.connect(socket);
    }

    private static void until(Child program, String text) throws java.io.IOException {
        String line = program.readLine();
        while (!line.contains(text)) {
            assertThat(line).isNotEqualTo("null");
            line = program.readLine();
        }
    }
}

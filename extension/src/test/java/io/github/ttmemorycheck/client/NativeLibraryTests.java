package io.github.ttmemorycheck.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTests {

    /** The child: reports two events, and ends well when they were counted. */
    static final class Workload {
        public static void main(String[] arguments) {
            try (AllocationClient client = AllocationClient.connect(Path.of(arguments[0]))) {
                client.free(0, 1);
                client.free(0, 2);
                System.exit(client.undelivered() == 2 ? 0 : 1);
            }
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_library_that_cannot_be_loaded_is_told_with_what_to_do(@TempDir Path directory) throws Exception {
        Path socket = directory.resolve("s");
        Files.createFile(socket); // So that there is something to connect to.
        Process child = start(directory.resolve("no-such-directory"), socket);
        try {
            child.getOutputStream().close();
            List<String> lines = new String(child.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as(() -> String.join("\n", lines)).isZero();
            assertThat(lines)
                    .filteredOn(line -> line.contains("Device memory events do not reach a tracker at " + socket
                            + ": junixsocket's native library cannot be loaded; java.io.tmpdir is "
                            + directory.resolve("no-such-directory")
                            + ", which is no directory that can be written: set it to one."))
                    .hasSize(1);
            assertThat(lines).as("no stack trace").noneMatch(line -> line.startsWith("\tat "));
        } finally {
            child.destroyForcibly();
        }
    }

    private static Process start(Path temporary, Path socket) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djava.io.tmpdir=" + temporary,
                        "--enable-native-access=ALL-UNNAMED",
                        Workload.class.getName(),
                        socket.toString())
                .redirectErrorStream(true)
                .start();
    }
}

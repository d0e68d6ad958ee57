package io.github.ttmemorycheck.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeeperLogTests {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream starter = new ByteArrayOutputStream();

    private Path file() {
        return directory.resolve("keeper.log");
    }

    @Test
    void whoever_started_it_reads_what_it_says_while_it_takes_over() throws IOException {
        try (KeeperLog log = new KeeperLog(starter, file(), 100);
                PrintStream out = new PrintStream(log, true, UTF_8)) {
            out.print("cannot take over");
            assertThat(starter.toString(UTF_8)).isEqualTo("cannot take over");
            log.leaveStarter();
            assertThat(file()).doesNotExist();

            out.print("a message could not be read");
            assertThat(file()).hasContent("a message could not be read");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
        assertThat(starter.toString(UTF_8)).isEqualTo("cannot take over");
    }

    @Test
    void it_has_a_bound_and_says_so() throws IOException {
        try (KeeperLog log = new KeeperLog(starter, file(), 10)) {
            log.leaveStarter();
            for (int i = 0; i < 100; i++) {
                log.write("1234567".getBytes(UTF_8));
            }
        }
        assertThat(file()).hasContent("1234567123\n... the log is full; nothing more is written\n");
    }

    @Test
    void a_link_in_its_place_is_not_followed() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "somebody else's");
        Files.createSymbolicLink(file(), other);
        try (KeeperLog log = new KeeperLog(starter, file(), 100);
                PrintStream out = new PrintStream(log, true, UTF_8)) {
            log.leaveStarter();
            out.print("a message could not be read");
            assertThat(out.checkError()).isTrue();
        }
        assertThat(other).hasContent("somebody else's");
    }
}

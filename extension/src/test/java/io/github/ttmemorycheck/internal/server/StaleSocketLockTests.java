package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class StaleSocketLockTests {

    @TempDir
    Path directory;

    @Test
    void keeps_other_processes_out_while_it_is_held() throws Exception {
        Path file = directory.resolve("s.lock");
        StaleSocketLock.whileHeld(SocketPath.of(directory.resolve("s"), "choose another path"), () -> {
            try (Child other =
                    Child.java(directory.resolve("err"), List.of(), ChildProgram.class, "lock", file.toString())) {
                assertThat(other.readLine()).isEqualTo("held");
            }
        });
        assertThat(file).doesNotExist();
    }

    @Test
    void keeps_other_threads_out_while_it_is_held() throws Exception {
        SocketPath socket = SocketPath.of(directory.resolve("s"), "choose another path");
        List<CompletableFuture<Void>> second = new ArrayList<>();
        StaleSocketLock.whileHeld(socket, () -> {
            second.add(CompletableFuture.runAsync(() -> {
                try {
                    StaleSocketLock.whileHeld(socket, () -> {});
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }));
            assertThat(second.get(0)).isNotDone();
        });
        second.get(0).get();
        assertThat(directory.resolve("s.lock")).doesNotExist();
    }
}

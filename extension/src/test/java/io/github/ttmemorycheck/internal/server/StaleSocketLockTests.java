package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void keeps_other_processes_out_until_it_is_released() throws Exception {
        StaleSocketLock lock = StaleSocketLock.acquire(SocketPath.of(directory.resolve("s"), "choose another path"));
        Path file = directory.resolve("s.lock");
        try (Child other =
                Child.java(directory.resolve("err"), List.of(), ChildProgram.class, "lock", file.toString())) {
            assertThat(other.readLine()).isEqualTo("held");
        } finally {
            lock.release();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void keeps_other_threads_out_until_it_is_released() throws Exception {
        StaleSocketLock lock = StaleSocketLock.acquire(SocketPath.of(directory.resolve("s"), "choose another path"));
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            try {
                StaleSocketLock.acquire(SocketPath.of(directory.resolve("s"), "choose another path"))
                        .release();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(second).isNotDone();
        lock.release();
        second.get();
        assertThat(Files.exists(directory.resolve("s.lock"))).isFalse();
    }
}

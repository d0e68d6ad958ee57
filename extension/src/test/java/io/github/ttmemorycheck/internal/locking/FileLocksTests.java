package io.github.ttmemorycheck.internal.locking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileLocksTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void name_the_file() {
        file = directory.resolve("lock");
    }

    private static int nothing() {
        return 0;
    }

    @Test
    void a_lock_that_is_held_is_waited_for_with_a_bound() throws IOException {
        FileLocks.whileLocked(file, PATIENCE, held -> {
            assertThatThrownBy(() -> FileLocks.whileLocked(file, Duration.ofMillis(1), channel -> nothing()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the lock on " + file + " is still held, by another process or another thread of this"
                            + " JVM, after a wait of 1 ms");
            return nothing();
        });
        int result = FileLocks.whileLocked(file, Duration.ofMillis(1), channel -> 7);
        assertThat(result).isEqualTo(7);
    }

    @Test
    void threads_work_one_after_the_other() throws IOException {
        AtomicInteger inside = new AtomicInteger();
        CompletableFuture<?>[] threads = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try {
                        FileLocks.whileLocked(file, PATIENCE, channel -> {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            channel.write(ByteBuffer.wrap(new byte[] {1}), channel.size());
                            return inside.decrementAndGet();
                        });
                    } catch (IOException failed) {
                        throw new AssertionError(failed);
                    }
                }))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(threads).join();

        assertThat(file).hasSize(4);
    }

    @Test
    void work_that_fails_gives_the_lock_back() throws IOException {
        assertThatThrownBy(() -> FileLocks.whileLocked(file, PATIENCE, channel -> {
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");

        int result = FileLocks.whileLocked(file, Duration.ofMillis(1), channel -> 7);
        assertThat(result).isEqualTo(7);
    }

    @Test
    void an_interrupted_thread_works_and_stays_interrupted() throws IOException {
        Thread.currentThread().interrupt();
        try {
            FileLocks.whileLocked(file, PATIENCE, channel -> channel.write(ByteBuffer.wrap(new byte[] {1})));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(file).hasSize(1);
    }

    @Test
    void a_thread_that_is_interrupted_while_it_waits_still_gets_the_lock() throws IOException {
        CompletableFuture<Boolean> started = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                started.complete(true);
                FileLocks.whileLocked(file, PATIENCE, channel -> nothing());
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (IOException failed) {
                interrupted.completeExceptionally(failed);
            }
        });
        FileLocks.whileLocked(file, PATIENCE, held -> {
            waiting.start();
            started.join();
            waiting.interrupt();
            return nothing();
        });

        assertThat(interrupted.join()).isTrue();
    }
}

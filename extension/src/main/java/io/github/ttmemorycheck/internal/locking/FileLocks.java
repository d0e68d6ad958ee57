package io.github.ttmemorycheck.internal.locking;

import io.github.ttmemorycheck.internal.text.Wording;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps others away from a file: other processes, and other threads of this JVM. The system takes the lock back when
 * its process ends, however it ends.
 */
public final class FileLocks {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** What is done under the lock; the channel reads and writes the locked file. */
    @FunctionalInterface
    public interface Work<T> {
        T on(FileChannel locked) throws IOException;
    }

    private FileLocks() {}

    /**
     * Works on a file while nobody else holds its lock. The file is made if it is missing, and never deleted: another
     * process could otherwise lock a file that no longer has a name.
     *
     * <p>An interrupt would close the channel and keep the thread from pausing, so it is put off until the work is
     * done.
     *
     * @param patience how long to wait for the lock
     * @throws IOException when the file cannot be opened, the wait is in vain, or the work fails
     */
    public static <T> T whileLocked(Path file, Duration patience, Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            while (!isLocked(channel)) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new IOException("the lock on " + file + " is still held, by another process or another thread"
                            + " of this JVM, after a wait of " + Wording.time(patience));
                }
                LockSupport.parkNanos(POLL_NANOS);
                interrupted |= Thread.interrupted();
            }
            return work.on(channel);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Tries to lock a file; closing the channel gives the lock back. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldInThisJvm) {
            return false;
        }
    }
}

package io.github.ttmemorycheck.internal.runreport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps processes that write the same report apart. The system takes the lock back when its process ends, however it ends;
 * the file stays, since it could not be deleted without another process locking a file that is gone.
 */
final class FolderLock implements AutoCloseable {

    /** Joining the parts of 10 000 tests takes less than a second; a process that is stopped may hold it for ever. */
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the lock, with a bound.
     *
     * @throws IOException when the file cannot be opened, or the lock is held too long
     */
    static FolderLock take(Path file) throws IOException {
        return take(file, WAIT_NANOS);
    }

    static FolderLock take(Path file, long waitNanos) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long start = System.nanoTime();
            while (tryLock(channel) == null) {
                if (System.nanoTime() - start > waitNanos) {
                    throw new IOException("another process holds the lock " + file + " for longer than "
                            + TimeUnit.NANOSECONDS.toMillis(waitNanos) + " ms");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            return new FolderLock(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisJvm) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

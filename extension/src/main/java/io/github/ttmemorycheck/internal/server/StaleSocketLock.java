package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one process at a time look at a socket and replace it, so that nobody removes a socket as stale which another
 * has just put there.
 *
 * <p>A lock on a file beside the socket, which exists only while it is held: its holder deletes it. Whoever opened it
 * before that holds a lock on a file without a name, which excludes nobody; so a token is written into the locked file
 * and looked for under its name, and all is tried again when it is not there. The channel that looked stays open as
 * long as the lock is held: the kernel drops all locks of a process on a file when the process closes any of its
 * channels to it.
 */
final class StaleSocketLock {

    private static final String MARK = "tt-memory-check ";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = 1_000_000;

    /** File locks exclude other processes only. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private StaleSocketLock() {}

    @FunctionalInterface
    interface Work {

        void run() throws IOException;
    }

    /**
     * Works on a socket while nobody else does; waits for that, at most five seconds.
     *
     * @throws TrackerException when the file beside the socket is not ours to lock, or the wait was in vain
     */
    static void whileHeld(SocketPath socket, Work work) throws IOException {
        Path file = socket.path().resolveSibling(socket.path().getFileName() + ".lock");
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        IN_THIS_PROCESS.lock();
        try {
            while (!tryWork(socket, file, work)) {
                if (System.nanoTime() - deadline >= 0) {
                    throw socket.unavailable(
                            "another process has held " + file + " for 5 s; end it, or " + socket.otherPath());
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** Works and returns true if the lock is free. */
    private static boolean tryWork(SocketPath socket, Path file, Work work) throws IOException {
        try (FileChannel channel = open(socket, file)) {
            if (channel.tryLock() == null) {
                return false;
            }
            String token = mark(socket, file, channel);
            try (FileChannel named = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                if (!token.equals(read(named, token.length()))) {
                    return false;
                }
                try {
                    work.run();
                } finally {
                    // Before the lock is given back: the next one then makes a file of its own.
                    Files.deleteIfExists(file);
                }
                return true;
            } catch (NoSuchFileException deletedByItsLastHolder) {
                return false;
            }
        }
    }

    private static FileChannel open(SocketPath socket, Path file) throws IOException {
        try {
            return FileChannel.open(
                    file,
                    Set.of(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw socket.unavailable("the lock beside it cannot be opened (" + e + "); remove " + file, e);
        }
    }

    /** Writes a token that no other process writes, if the file is empty or was left by one that was killed. */
    private static String mark(SocketPath socket, Path file, FileChannel channel) throws IOException {
        String found = read(channel, MARK.length());
        if (!found.isEmpty() && !found.equals(MARK)) {
            throw socket.unavailable(file + " is needed as a lock, and something else is in it; move it away");
        }
        String token = MARK + UUID.randomUUID();
        channel.write(ByteBuffer.wrap(token.getBytes(StandardCharsets.US_ASCII)), 0);
        return token;
    }

    private static String read(FileChannel channel, int length) throws IOException {
        ByteBuffer found = ByteBuffer.allocate(length);
        int got = Math.max(0, channel.read(found, 0));
        return new String(found.array(), 0, got, StandardCharsets.US_ASCII);
    }
}

package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thread of another process, seen through two files that stay open. They belong to this very thread: once it has ended
 * they cannot be read, even if another one has got its number. Unlike a channel, a file of this kind is not closed by an
 * interrupt. Not thread-safe.
 */
final class WatchedThread implements AutoCloseable {

    /** Of the 52 fields of {@code stat}, how many stand between the state and the number of threads. */
    private static final int FROM_STATE_TO_THREADS = 17;

    /** What a kernel says that does not count. */
    private static final byte[] NOT_COUNTED = "0 0 0\n".getBytes(StandardCharsets.US_ASCII);

    private final String id;
    private final RandomAccessFile stat;
    private final @Nullable RandomAccessFile scheduled;
    private final byte[] buffer = new byte[1024];
    private char state;
    private int threads;
    private final byte[] counters = new byte[1024];
    private int countersLength;
    private boolean ran;

    private WatchedThread(String id, RandomAccessFile stat, @Nullable RandomAccessFile scheduled) {
        this.id = id;
        this.stat = stat;
        this.scheduled = scheduled;
    }

    /** Opens the files of a thread. */
    static WatchedThread open(Path task) throws IOException {
        RandomAccessFile stat = new RandomAccessFile(task.resolve("stat").toFile(), "r");
        try {
            Path scheduled = task.resolve("schedstat");
            return new WatchedThread(
                    String.valueOf(task.getFileName()),
                    stat,
                    Files.isReadable(scheduled) ? new RandomAccessFile(scheduled.toFile(), "r") : null);
        } catch (IOException | RuntimeException e) {
            stat.close();
            throw e;
        }
    }

    /**
     * Looks at the thread.
     *
     * @throws IOException when it has ended, or the system tells something else than expected
     */
    void look() throws IOException {
        // No text is made of what was read: that would take a third of the time.
        int length = read(stat);
        // Its name stands in brackets and may hold brackets itself; the state is the letter behind.
        int at = length - 1;
        while (at >= 0 && buffer[at] != ')') {
            at--;
        }
        if (at < 0 || at + 3 >= length || buffer[at + 3] != ' ') {
            throw unexpected(length);
        }
        state = (char) buffer[at + 2];
        threads = field(at + 2, length);
        // After the state: a thread that slept before, and has not run until now, did nothing in between.
        int counted = scheduled == null ? 0 : read(scheduled);
        ran = counted == 0
                || Arrays.equals(buffer, 0, counted, NOT_COUNTED, 0, NOT_COUNTED.length)
                || !Arrays.equals(buffer, 0, counted, counters, 0, countersLength);
        System.arraycopy(buffer, 0, counters, 0, counted);
        countersLength = counted;
    }

    /** Reads the number of threads, which stands some fields behind the state. */
    private int field(int from, int length) throws IOException {
        int at = from;
        for (int spaces = 0; spaces < FROM_STATE_TO_THREADS && at < length; at++) {
            spaces += buffer[at] == ' ' ? 1 : 0;
        }
        int number = 0;
        int first = at;
        for (; at < length && buffer[at] >= '0' && buffer[at] <= '9'; at++) {
            number = 10 * number + buffer[at] - '0';
        }
        if (at == first || at == length) {
            throw unexpected(length);
        }
        return number;
    }

    private IOException unexpected(int length) {
        return new IOException(
                "not the state of a thread: " + new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
    }

    private int read(RandomAccessFile file) throws IOException {
        file.seek(0);
        return Math.max(0, file.read(buffer));
    }

    /** Its number, as the system names it. */
    String id() {
        return id;
    }

    /** What it did when it was last looked at: the letter that the system has for it. */
    char state() {
        return state;
    }

    /** How many threads its process had then. */
    int threadsOfItsProcess() {
        return threads;
    }

    /** Tells whether it was on a CPU between the last two looks; true where that cannot be told. */
    boolean hasRun() {
        return ran;
    }

    @Override
    public void close() {
        close(stat);
        RandomAccessFile other = scheduled;
        if (other != null) {
            close(other);
        }
    }

    private static void close(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }
}

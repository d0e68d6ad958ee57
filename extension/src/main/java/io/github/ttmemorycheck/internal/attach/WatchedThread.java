package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final String NOT_COUNTED = "0 0 0\n";

    private final String id;
    private final RandomAccessFile stat;
    private final @Nullable RandomAccessFile scheduled;
    private final byte[] buffer = new byte[1024];
    private char state;
    private int threads;
    private String counters = "";
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
        String line = read(stat);
        // Its name stands in brackets and may hold brackets itself; the state is the letter behind.
        int name = line.lastIndexOf(") ");
        String[] fields = line.substring(name < 0 ? 0 : name + 2).split(" ", FROM_STATE_TO_THREADS + 2);
        if (name < 0 || fields.length < FROM_STATE_TO_THREADS + 2 || fields[0].length() != 1) {
            throw new IOException("not the state of a thread: " + line);
        }
        state = fields[0].charAt(0);
        threads = number(fields[FROM_STATE_TO_THREADS]);
        // After the state: a thread that slept before, and has not run until now, did nothing in between.
        String now = scheduled == null ? NOT_COUNTED : read(scheduled);
        ran = now.equals(NOT_COUNTED) || !now.equals(counters);
        counters = now;
    }

    private static int number(String text) throws IOException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IOException("not a number of threads: " + text, e);
        }
    }

    private String read(RandomAccessFile file) throws IOException {
        file.seek(0);
        int length = file.read(buffer);
        return new String(buffer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
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

package io.github.ttmemorycheck.internal.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thread of another process, seen through a file that stays open. It belongs to this very thread: once it has ended
 * the file cannot be read, even if another thread has got its number. Unlike a channel, it is not closed by an
 * interrupt.
 */
final class WatchedThread implements AutoCloseable {

    /**
     * The kernel writes the switches last: a thread that slept before, and has not run by then, did nothing in between.
     */
    private static final Pattern STATUS = Pattern.compile(
            "\\nState:\\s+(\\w).*?\\nThreads:\\s+(\\d{1,9})\\n.*?(\\nvoluntary_ctxt_switches:.*)", Pattern.DOTALL);

    private final Path task;
    private final RandomAccessFile status;
    private final byte[] buffer = new byte[8192];
    private char state;
    private int threadsOfItsProcess;
    private String switches = "";
    private boolean ran;
    private boolean writes;

    /** Opens the file of a thread, in its directory below {@code /proc}. */
    WatchedThread(Path task) throws IOException {
        this.task = task;
        status = new RandomAccessFile(task.resolve("status").toFile(), "r");
    }

    /** Looks at the thread; fails when it has ended. */
    void look() throws IOException {
        status.seek(0);
        String text = new String(buffer, 0, Math.max(0, status.read(buffer)), StandardCharsets.ISO_8859_1);
        Matcher fields = STATUS.matcher(text);
        if (!fields.find()) {
            throw new IOException("not the status of a thread: " + text);
        }
        state = fields.group(1).charAt(0);
        threadsOfItsProcess = Integer.parseInt(fields.group(2));
        ran = state == 'R' || !switches.equals(fields.group(3));
        switches = fields.group(3);
        writes = ran ? sleepsInWrite() : writes;
    }

    /** A thread also sleeps until somebody reads what it writes to a pipe or a terminal. */
    private boolean sleepsInWrite() {
        try {
            return Files.readString(task.resolve("wchan")).contains("write");
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Returns its number, as the system names it. */
    String id() {
        return String.valueOf(task.getFileName());
    }

    ProcessThreads.Work work() {
        return switch (state) {
            case 'T', 't' -> ProcessThreads.Work.STOPPED;
            case 'R', 'D' -> ProcessThreads.Work.SOME;
            default -> writes ? ProcessThreads.Work.SOME : ProcessThreads.Work.NONE;
        };
    }

    int threadsOfItsProcess() {
        return threadsOfItsProcess;
    }

    /** Returns whether it was on a CPU between the last two looks. */
    boolean hasRun() {
        return ran;
    }

    @Override
    public void close() {
        try {
            status.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }
}

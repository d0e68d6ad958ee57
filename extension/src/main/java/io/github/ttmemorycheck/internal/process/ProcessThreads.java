package io.github.ttmemorycheck.internal.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a process do. A thread that was sent something is ready to run from then on: when all of them
 * wait, they have read whatever was sent before. One that waits for a lock may have read less, so this alone is good
 * evidence, no proof; that none has run since is.
 *
 * <p>The threads' files stay open: to look for them anew takes ten times as long as to read them. Not thread-safe.
 */
public final class ProcessThreads implements AutoCloseable {

    /** So that a process with very many threads does not take this JVM's file descriptors. */
    private static final int MOST_THREADS = 256;

    /** Threads may start and end while they are looked at. */
    private static final int ATTEMPTS = 4;

    /** What the threads of a process have to do, all together; {@link #UNKNOWN} where the system does not show it. */
    public enum Work {
        NONE,
        SOME,
        STOPPED,
        UNKNOWN
    }

    /**
     * What was seen.
     *
     * @param ran the numbers of the threads that have run since the look before; null where that cannot be known
     */
    public record Look(Work work, @Nullable Set<String> ran) {}

    private final ProcFiles files;
    private final List<WatchedThread> threads = new ArrayList<>();
    private int watched = -1;

    public ProcessThreads(ProcFiles files) {
        this.files = files;
    }

    public static ProcessThreads ofThisSystem() {
        return new ProcessThreads(ProcFiles.ofThisSystem());
    }

    public Look look(int processId) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            boolean fresh = attempt > 0 || processId != watched;
            try {
                if (fresh) {
                    find(processId);
                }
                for (WatchedThread thread : threads) {
                    thread.look();
                }
                // The last one counts, since one that was looked at earlier may have started another meanwhile.
                if (threads.get(threads.size() - 1).threadsOfItsProcess == threads.size()) {
                    Work most = Collections.max(
                            threads.stream().map(WatchedThread::work).toList());
                    return new Look(most, fresh ? null : numbers(thread -> thread.ran));
                }
            } catch (IOException | DirectoryIteratorException oneHasEnded) {
                // The next attempt finds the others, if there are any.
            }
        }
        close();
        return new Look(Work.UNKNOWN, null);
    }

    private void find(int processId) throws IOException {
        close();
        watched = processId;
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(files.directory(processId).resolve("task"))) {
            for (Path task : tasks) {
                if (threads.size() < MOST_THREADS) {
                    threads.add(new WatchedThread(task));
                }
            }
        }
        if (threads.isEmpty()) {
            throw new IOException("process " + processId + " has no thread any more");
        }
    }

    /** Returns the numbers of the threads that were there at the last look. */
    public Set<String> ids() {
        return numbers(thread -> true);
    }

    private Set<String> numbers(Predicate<WatchedThread> which) {
        return threads.stream().filter(which).map(WatchedThread::id).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        threads.forEach(WatchedThread::close);
        threads.clear();
        watched = -1;
    }

    /**
     * One thread of another process, seen through a file that stays open. It belongs to this very thread: once that has
     * ended the file cannot be read, even if another thread has got its number. Unlike a channel, it is not closed by
     * an interrupt.
     */
    private static final class WatchedThread implements AutoCloseable {

        /** The kernel writes the switches last: a thread that slept before, and has not run by then, did nothing. */
        private static final Pattern STATUS = Pattern.compile(
                "\\nState:\\s+(\\w).*?\\nThreads:\\s+(\\d{1,9})\\n.*?(\\nvoluntary_ctxt_switches:.*)", Pattern.DOTALL);

        private final Path task;
        private final RandomAccessFile status;
        private final byte[] buffer = new byte[8192];
        private char state;
        private int threadsOfItsProcess;
        private String switches = "";

        /** Whether it was on a CPU between the last two looks. */
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

        String id() {
            return String.valueOf(task.getFileName());
        }

        Work work() {
            return switch (state) {
                case 'T', 't' -> Work.STOPPED;
                case 'R', 'D' -> Work.SOME;
                default -> writes ? Work.SOME : Work.NONE;
            };
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
}

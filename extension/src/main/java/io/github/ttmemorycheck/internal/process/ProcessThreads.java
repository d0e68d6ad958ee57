package io.github.ttmemorycheck.internal.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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

    /** Looks at the processes of the system that this runs on. */
    public static ProcessThreads ofThisSystem() {
        return new ProcessThreads(ProcFiles.ofThisSystem());
    }

    /** Looks at all threads of a process. */
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
                if (threads.get(threads.size() - 1).threadsOfItsProcess() == threads.size()) {
                    return new Look(most(), fresh ? null : numbers(WatchedThread::hasRun));
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

    private Work most() {
        return threads.stream()
                .map(WatchedThread::work)
                .max(Comparator.naturalOrder())
                .orElse(Work.NONE);
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
}

package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the threads of a server do. A thread that was sent something is ready to run from then on: when all of them wait, they have
 * read whatever was sent before. A thread may also wait for a lock or for whoever reads its output, so this alone is good
 * evidence, no proof; that none has run since is.
 *
 * <p>The files that tell stay open, two for each thread: to look for them anew takes ten times as long as to read them. Not
 * thread-safe.
 */
final class ServerThreads implements AutoCloseable {

    private static final String STATES_OF_BUSY = "RD";

    /** A stopped thread is not woken by what it is sent. */
    private static final String STATES_OF_STOPPED = "Tt";

    /** So that a server with very many threads does not take this JVM's file descriptors. */
    private static final int MOST_THREADS = 256;

    /** Threads may start and end while they are listed. */
    private static final int LISTINGS = 3;

    /** What the threads of a process do, all together. */
    enum Work {
        /** None has anything to do. */
        NONE,
        /** At least one has. */
        SOME,
        /** The system does not tell. */
        UNKNOWN
    }

    /**
     * What was seen.
     *
     * @param work what the threads had to do
     * @param ran how many have run since the last look, or {@link #MANY}
     * @param runner the number of the one that has run, where it is only one, else empty
     */
    record Look(Work work, int ran, String runner) {

        /** Some have run, or it cannot be told. */
        static final int MANY = Integer.MAX_VALUE;

        private static Look uncounted(Work work) {
            return new Look(work, MANY, "");
        }
    }

    private final Path proc;
    private final List<WatchedThread> threads = new ArrayList<>();
    private int watched = -1;

    ServerThreads(Path proc) {
        this.proc = proc;
    }

    static ServerThreads ofThisSystem() {
        return new ServerThreads(Path.of("/proc"));
    }

    /** Looks at all threads of a process. */
    Look look(int processId) {
        if (processId == watched && areKnown()) {
            List<WatchedThread> ran =
                    threads.stream().filter(WatchedThread::hasRun).toList();
            return new Look(work(), ran.size(), ran.size() == 1 ? ran.get(0).id() : "");
        }
        for (int listing = 0; listing < LISTINGS; listing++) {
            if (find(processId) && areKnown()) {
                return Look.uncounted(work());
            }
        }
        close();
        return Look.uncounted(Work.UNKNOWN);
    }

    /** Returns the numbers of the threads that were there at the last look. */
    Set<String> ids() {
        return threads.stream().map(WatchedThread::id).collect(Collectors.toSet());
    }

    private boolean find(int processId) {
        close();
        watched = processId;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(
                proc.resolve(Integer.toString(processId)).resolve("task"))) {
            for (Path task : tasks) {
                if (threads.size() == MOST_THREADS) {
                    return false;
                }
                threads.add(WatchedThread.open(task));
            }
            return true;
        } catch (IOException | DirectoryIteratorException unknown) {
            return false;
        }
    }

    /** Looks at the known threads, and tells whether these are all, and all there still. */
    private boolean areKnown() {
        try {
            for (WatchedThread thread : threads) {
                thread.look();
            }
        } catch (IOException ended) {
            return false;
        }
        // The last one, since one that was looked at earlier may have started another meanwhile.
        return !threads.isEmpty() && threads.get(threads.size() - 1).threadsOfItsProcess() == threads.size();
    }

    private Work work() {
        Work work = Work.NONE;
        for (WatchedThread thread : threads) {
            if (STATES_OF_BUSY.indexOf(thread.state()) >= 0) {
                return Work.SOME;
            }
            if (STATES_OF_STOPPED.indexOf(thread.state()) >= 0) {
                work = Work.UNKNOWN;
            }
        }
        return work;
    }

    @Override
    public void close() {
        threads.forEach(WatchedThread::close);
        threads.clear();
        watched = -1;
    }
}

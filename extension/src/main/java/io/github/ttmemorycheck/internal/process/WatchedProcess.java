package io.github.ttmemorycheck.internal.process;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One process, distinguished from a later one of the same number. A file under {@code /proc} is kept open for it: the
 * kernel answers there for this process alone. A zombie has ended.
 *
 * <p>The file says whether the process has memory, which it gives up before it becomes a zombie. Two files say that.
 * Both are made anew for whoever reads from their start, and need no permission. The filter of core dumps is empty
 * without memory; asking takes 0.6 µs, which matters where it is asked for every process at every test. The count of
 * pages takes 1.2 µs, and is there on kernels too that write no core dumps. Not thread-safe.
 */
public final class WatchedProcess implements AutoCloseable {

    private static final int NOTHING = -1;

    private final ProcFiles files;
    private final int processId;
    private final int firstByteWithoutMemory;

    /** Null when the process has gone. */
    private @Nullable RandomAccessFile memory;

    private WatchedProcess(
            ProcFiles files, int processId, @Nullable RandomAccessFile memory, int firstByteWithoutMemory) {
        this.files = files;
        this.processId = processId;
        this.memory = memory;
        this.firstByteWithoutMemory = firstByteWithoutMemory;
    }

    /**
     * Begins to watch a process, which may have gone already.
     *
     * @throws IOException when the process is there and the kernel does not say whether it lives
     */
    public static WatchedProcess open(ProcFiles files, int processId) throws IOException {
        Path directory = files.directory(processId);
        try {
            return new WatchedProcess(files, processId, open(directory.resolve("coredump_filter")), NOTHING);
        } catch (FileNotFoundException noFilter) {
            return counted(files, processId, directory);
        }
    }

    private static WatchedProcess counted(ProcFiles files, int processId, Path directory) throws IOException {
        try {
            return new WatchedProcess(files, processId, open(directory.resolve("statm")), '0');
        } catch (FileNotFoundException e) {
            if (Files.notExists(directory)) {
                return new WatchedProcess(files, processId, null, NOTHING);
            }
            throw e;
        }
    }

    private static RandomAccessFile open(Path file) throws FileNotFoundException {
        return new RandomAccessFile(file.toFile(), "r");
    }

    public boolean isAlive() {
        RandomAccessFile open = memory;
        if (open == null) {
            return false;
        }
        try {
            open.seek(0);
            return open.read() > firstByteWithoutMemory || !files.hasEnded(processId);
        } catch (IOException noSuchProcess) {
            close();
            return false;
        }
    }

    /** Whether it was found to be no more, so that its number may belong to another process. */
    public boolean hasGone() {
        return memory == null;
    }

    @Override
    public void close() {
        try {
            if (memory != null) {
                memory.close();
            }
        } catch (IOException readOnly) {
            // Nothing was written, so nothing is lost.
        }
        memory = null;
    }
}

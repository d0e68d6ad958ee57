package io.github.ttmemorycheck.internal.sharedmemory;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process, told from a later one of the same number by its {@link ProcessMemory}. A zombie has ended. Not thread-safe.
 */
final class KnownProcess implements AutoCloseable {

    private static final int MOST_READ = 4096;
    private static final String DEAD_STATES = "ZXx";

    private final int processId;
    private final boolean lookedAt;
    private final Path directory;
    private String command = "";
    private @Nullable ProcessMemory memory;
    private boolean isThere;
    private long metAt = -1;
    private long askedAt = -1;
    private boolean alive;

    /**
     * Gets to know a process.
     *
     * @param proc where the kernel tells about processes
     * @param processId its number
     * @param lookedAt whether its memory is to be counted
     */
    KnownProcess(Path proc, int processId, boolean lookedAt) {
        this.processId = processId;
        this.lookedAt = lookedAt;
        this.directory = proc.resolve(Integer.toString(processId));
        if (lookedAt) {
            memory = ProcessMemory.of(directory);
            isThere = memory != null;
            command = PlainName.of(read("cmdline"));
        }
    }

    int processId() {
        return processId;
    }

    boolean isLookedAt() {
        return lookedAt;
    }

    String command() {
        return command;
    }

    void nameIfUnknown(Supplier<String> name) {
        if (command.isEmpty()) {
            command = name.get();
        }
    }

    /** Notes that a survey met it. */
    void meet(long survey) {
        metAt = survey;
    }

    boolean wasMet(long survey) {
        return metAt == survey;
    }

    /** Tells whether this is over for good: then its number may belong to another process. */
    boolean hasGone() {
        return lookedAt && !isThere;
    }

    /** Tells whether there is a process of that number now, this one or another. */
    boolean isNumberInUse() {
        return directory.toFile().exists();
    }

    /** Tells whether it lives; asks the kernel once for each number of a survey. */
    boolean isAlive(long survey) {
        if (askedAt != survey) {
            alive = isThere && lives();
            askedAt = survey;
        }
        return alive;
    }

    private boolean lives() {
        ProcessMemory open = memory;
        if (open == null) {
            return false;
        }
        try {
            return open.isThere() || !isZombie();
        } catch (IOException noSuchProcess) {
            isThere = false;
            close();
            return false;
        }
    }

    private boolean isZombie() {
        String stat = read("stat");
        // The name of the program stands in brackets and may hold brackets and spaces itself.
        String state = stat.substring(stat.lastIndexOf(')') + 1).strip();
        if (state.isEmpty() || DEAD_STATES.indexOf(state.charAt(0)) < 0) {
            return state.isEmpty();
        }
        // Its first thread may have ended before the others.
        String[] threads = directory.resolve("task").toFile().list();
        return threads == null || threads.length <= 1;
    }

    private String read(String name) {
        try (FileInputStream in = new FileInputStream(directory.resolve(name).toFile())) {
            return new String(in.readNBytes(MOST_READ), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}

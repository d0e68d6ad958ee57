package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the threads of a server do. A thread that was sent something is ready to run from then on: when all of them wait, they have
 * read whatever was sent before. A thread may also wait for a lock or for whoever reads its output, so this is good evidence, no proof.
 */
final class ServerThreads {

    private static final String STATES_OF_BUSY = "RD";

    /** What the threads of a process do, all together. */
    enum Work {
        /** None has anything to do. */
        NONE,
        /** At least one has. */
        SOME,
        /** The system does not tell. */
        UNKNOWN
    }

    private static final int NOT_TOLD = -1;

    private final Path proc;

    ServerThreads(Path proc) {
        this.proc = proc;
    }

    static ServerThreads ofThisSystem() {
        return new ServerThreads(Path.of("/proc"));
    }

    /** Tells what the threads of a process have to do. */
    Work of(int processId) {
        boolean told = false;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(
                proc.resolve(Integer.toString(processId)).resolve("task"))) {
            for (Path thread : threads) {
                int state = state(thread.resolve("stat"));
                if (STATES_OF_BUSY.indexOf(state) >= 0) {
                    return Work.SOME;
                }
                told |= state != NOT_TOLD;
            }
            return told ? Work.NONE : Work.UNKNOWN;
        } catch (IOException | DirectoryIteratorException unknown) {
            return Work.UNKNOWN;
        }
    }

    private static int state(Path stat) {
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            // The name of the thread stands in brackets and may hold brackets itself; its state is the letter behind.
            int state = line.lastIndexOf(") ") + 2;
            return state > 1 && state < line.length() ? line.charAt(state) : NOT_TOLD;
        } catch (IOException ended) {
            return NOT_TOLD;
        }
    }
}

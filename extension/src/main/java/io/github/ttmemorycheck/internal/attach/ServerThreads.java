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

    private static final String BUSY = "RD";

    private final Path proc;

    ServerThreads(Path proc) {
        this.proc = proc;
    }

    static ServerThreads ofThisSystem() {
        return new ServerThreads(Path.of("/proc"));
    }

    /** Tells whether all threads of a process wait; also when that cannot be told. */
    boolean allWait(int processId) {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(
                proc.resolve(Integer.toString(processId)).resolve("task"))) {
            for (Path thread : threads) {
                if (isBusy(thread.resolve("stat"))) {
                    return false;
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException unknown) {
            return true;
        }
    }

    private static boolean isBusy(Path stat) {
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            // The name of the thread stands in brackets and may hold brackets itself; its state is the letter behind.
            int state = line.lastIndexOf(") ") + 2;
            return state > 1 && state < line.length() && BUSY.indexOf(line.charAt(state)) >= 0;
        } catch (IOException ended) {
            return false;
        }
    }
}

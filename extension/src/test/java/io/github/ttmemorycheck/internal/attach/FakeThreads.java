package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a system tells of the threads of a process, written by hand. */
record FakeThreads(Path proc, int processId) {

    /** Says what a thread does, how many there are, and what the system has counted. */
    void say(int thread, String state, int threads, String counters) throws IOException {
        say(thread, stat("server", state, threads), counters);
    }

    void say(int thread, String stat, String counters) throws IOException {
        Path task = Files.createDirectories(proc.resolve(processId + "/task/" + thread));
        Files.writeString(task.resolve("stat"), stat);
        Files.writeString(task.resolve("schedstat"), counters);
    }

    /** The fields up to the number of threads, and one behind. */
    static String stat(String name, String state, int threads) {
        return "7 (" + name + ") " + state + " 1 7 7 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 " + threads + " 0";
    }
}

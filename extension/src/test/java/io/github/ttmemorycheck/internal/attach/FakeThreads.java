package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a system says of the threads of a process, written by hand. */
record FakeThreads(Path proc, int processId) {

    /** Says what a thread does, how many there are, and how often it has been taken from its CPU. */
    void say(int thread, String state, int threads, int switches) throws IOException {
        say(thread, status(state, threads, switches));
    }

    void say(int thread, String status) throws IOException {
        Files.writeString(task(thread).resolve("status"), status);
    }

    /** Says in which function of the kernel a thread sleeps. */
    void sleepsIn(int thread, String function) throws IOException {
        Files.writeString(task(thread).resolve("wchan"), function);
    }

    private Path task(int thread) throws IOException {
        return Files.createDirectories(proc.resolve(processId + "/task/" + thread));
    }

    private static String status(String state, int threads, int switches) {
        return "Name:\ta) R (b\nUmask:\t0022\nState:\t" + state + " (whatever)\nTgid:\t7\nThreads:\t" + threads
                + "\nSigQ:\t0/1\nvoluntary_ctxt_switches:\t" + switches + "\nnonvoluntary_ctxt_switches:\t0\n";
    }
}

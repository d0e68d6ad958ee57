package io.github.ttmemorycheck.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a system says of a process and its threads, written by hand. */
public record FakeProcess(Path proc, int processId) {

    /** Makes files that are there, so that what is missing beside them has ended. */
    public static ProcFiles answering(Path proc) throws IOException {
        Files.writeString(Files.createDirectories(proc.resolve("self")).resolve("stat"), "");
        return new ProcFiles(proc);
    }

    /** Returns the line that says what a process with this program does, and when it was started. */
    public String stat(String program, String state, long startTime) {
        return stat(program, state, 1, startTime);
    }

    /** Returns the same of a process with a parent. */
    public String stat(String program, String state, int parent, long startTime) {
        return processId + " (" + program + ") " + state + " " + parent + " 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 "
                + startTime + " 20 21";
    }

    /** Says what is in one of its files. */
    public FakeProcess say(String file, String text) throws IOException {
        Files.writeString(Files.createDirectories(directory()).resolve(file), text);
        return this;
    }

    /** Returns where its files are. */
    public Path directory() {
        return proc.resolve(Integer.toString(processId));
    }

    /** Says what a thread does, how many there are, and how often it has been taken from its CPU. */
    public void say(int thread, String state, int threads, int switches) throws IOException {
        say(thread, status(state, threads, switches));
    }

    public void say(int thread, String status) throws IOException {
        Files.writeString(task(thread).resolve("status"), status);
    }

    /** Says in which function of the kernel a thread sleeps. */
    public void sleepsIn(int thread, String function) throws IOException {
        Files.writeString(task(thread).resolve("wchan"), function);
    }

    private Path task(int thread) throws IOException {
        return Files.createDirectories(directory().resolve("task").resolve(Integer.toString(thread)));
    }

    private static String status(String state, int threads, int switches) {
        return "Name:\ta) R (b\nUmask:\t0022\nState:\t" + state + " (whatever)\nTgid:\t7\nThreads:\t" + threads
                + "\nSigQ:\t0/1\nvoluntary_ctxt_switches:\t" + switches + "\nnonvoluntary_ctxt_switches:\t0\n";
    }
}

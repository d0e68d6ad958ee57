package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A process that has sent events: who it is, and what still ties it to the server. */
final class TrackedProcess {

    private final int processId;
    private final long startTime;
    private final String command;
    private int connections;
    private long buffers;
    private boolean ended;
    private int run;

    /**
     * Makes a process, with what {@link ProcFiles#startTime} is at its first event.
     *
     * @param processId its number; one of {@link ProcessTable}'s own where it cannot be seen from here
     * @param command its command line, and what it calls itself where that is another number
     */
    TrackedProcess(int processId, long startTime, String command) {
        this.processId = processId;
        this.startTime = startTime;
        this.command = command;
    }

    int processId() {
        return processId;
    }

    long startTime() {
        return startTime;
    }

    String command() {
        return command;
    }

    /** Returns the command lines of processes, where they are known, by their numbers. */
    static Map<Integer, String> commands(Set<TrackedProcess> processes) {
        if (processes.isEmpty()) {
            return Map.of();
        }
        return processes.stream()
                .filter(process -> !process.command.isEmpty())
                .collect(Collectors.toMap(TrackedProcess::processId, TrackedProcess::command, (first, same) -> first));
    }

    /** Returns the JVM of tests that it belongs to, itself or an ancestor; 0 where none is known. */
    int run() {
        return run;
    }

    void belongsTo(int jvmOfTests) {
        run = jvmOfTests;
    }

    void connected() {
        connections++;
    }

    void disconnected() {
        connections--;
    }

    boolean isConnected() {
        return connections > 0;
    }

    void holdsOneMore() {
        buffers++;
    }

    void holdsOneLess() {
        buffers--;
    }

    /** Notes that it was found to have ended while a connection still speaks for it. */
    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean holdsBuffers() {
        return buffers > 0;
    }
}

package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processes that have sent events, by the number they give themselves, and which of them have ended.
 *
 * <p>A process has ended when no open connection has delivered events of it, and the kernel does not know it, knows it
 * as dead, or knows another one by that number. Where a connection delivers events of another process than the one that
 * holds it, that process has ended as well once the kernel, which knew it at its first event, does not any more. This
 * process, and numbers that no process can have, never end.
 */
final class ProcessTable {

    private final Map<Integer, TrackedProcess> known = new HashMap<>();
    private final ProcFiles files;
    private final boolean canTell;
    private final long self = ProcessHandle.current().pid();

    ProcessTable(ProcFiles files) {
        this.files = files;
        this.canTell = files.areThere();
    }

    TrackedProcess get(int processId) {
        return known.computeIfAbsent(processId, unknown -> {
            boolean real = canTell && processId > 0;
            return new TrackedProcess(
                    processId,
                    real ? files.startTime(processId) : ProcFiles.UNREADABLE,
                    real ? files.command(processId) : "");
        });
    }

    /**
     * Returns those that have ended and still hold buffers.
     *
     * @param outlivedToo whether to ask the kernel, too, about each that a connection speaks for
     */
    Set<TrackedProcess> ended(boolean outlivedToo) {
        return known.values().stream()
                .filter(process -> process.holdsBuffers() && hasEnded(process, outlivedToo))
                .collect(Collectors.toSet());
    }

    /** Returns whether one has ended that no connection speaks for. */
    boolean hasEnded(TrackedProcess process) {
        return hasEnded(process, false);
    }

    private boolean hasEnded(TrackedProcess process, boolean outlivedToo) {
        int id = process.processId();
        // A number that the kernel never knew may be one of another process namespace: its connection vouches for it.
        boolean vouchedFor = process.isConnected() && (!outlivedToo || process.startTime() < 0);
        if (!canTell || vouchedFor || id <= 0 || id == self) {
            return false;
        }
        long now = files.startTime(id);
        if (now == ProcFiles.GONE) {
            return true;
        }
        // What cannot be read proves nothing. But a process that was not there at its first event, when that could be
        // read, cannot be the one that has its number now.
        return now != ProcFiles.UNREADABLE && process.startTime() != ProcFiles.UNREADABLE && process.startTime() != now;
    }

    /** Forgets those that nothing refers to any more. */
    void forgetIdle() {
        known.values().removeIf(process -> !process.holdsBuffers() && !process.isConnected());
    }

    void forget(TrackedProcess process) {
        known.remove(process.processId(), process);
    }
}

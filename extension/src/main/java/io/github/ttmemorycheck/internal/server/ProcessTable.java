package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.socket.ServerSockets;
import io.github.ttmemorycheck.internal.text.ProcessNames;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processes that have sent events, and which of them have ended.
 *
 * <p>The kernel says which process connected, and its word counts: a runtime in a container calls itself pid 1, as many
 * do. What a client calls itself is believed where it comes from this very process, which may report for another one,
 * where it is a descendant of the one that connected, whose connection it inherited, and where the kernel cannot be
 * asked. A process that cannot be seen from here has no number of ours; it is one process as long as its connection.
 *
 * <p>A process has ended when no open connection has delivered events of it, and the kernel does not know it, knows it
 * as dead, or knows another one by that number. Where a connection delivers events of another process than the one that
 * holds it, that process has ended as well once the kernel, which knew it at its first event, does not any more. This
 * process, and numbers that no process can have, never end.
 *
 * <p>Other JVMs of tests may use the server, each with processes of its own: a process belongs to the nearest of them
 * among its ancestors. That is found out when it sends its first event, or when such a JVM makes itself known, since a
 * process may outlive its ancestors.
 */
final class ProcessTable {

    /** Who sent events: what the kernel says and what the client says, the same where they agree. */
    private record Identity(int number, int ownNumber) {}

    /** Connections of unseen processes after which their numbers repeat. */
    private static final int MOST_UNSEEN = (1 << 30) - 1;

    /** More than can end between a question and the next one. */
    private static final int MOST_ENDED = 4096;

    private final Map<Identity, TrackedProcess> known = new HashMap<>();

    /** The JVMs of tests besides this one, with their start times: a number may come again. */
    private final Map<Integer, Long> otherRuns = new HashMap<>();

    /** The JVM of tests that those belonged to which ended last: who got their buffers before asks about them after. */
    private final Map<Integer, Integer> runsOfEnded = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > MOST_ENDED;
        }
    };

    private final ProcFiles files;
    private final boolean canTell;
    private final int self = (int) ProcessHandle.current().pid();
    private int unseen;
    private boolean inherited;

    ProcessTable(ProcFiles files) {
        this.files = files;
        this.canTell = files.areThere();
    }

    /**
     * Returns the process behind a connection.
     *
     * @param peer the process that connected, as {@link ServerSockets.Peer#processId} has it
     * @param ownNumber what the client calls itself
     */
    TrackedProcess get(int peer, int ownNumber) {
        if (peer == 0) {
            unseen = unseen + 1 & MOST_UNSEEN;
            TrackedProcess process = new TrackedProcess(
                    ProcessNames.UNSEEN - unseen, ProcFiles.GONE, "pid " + ownNumber + " of another PID namespace");
            known.put(new Identity(process.processId(), ownNumber), process);
            return process;
        }
        if (peer == self || peer == ServerSockets.UNKNOWN_PROCESS || peer == ownNumber) {
            return get(new Identity(ownNumber, ownNumber), "");
        }
        List<Integer> numbers = files.numbersInNamespaces(peer);
        if (numbers.size() > 1) {
            return get(
                    new Identity(peer, ownNumber),
                    ownNumber == numbers.get(numbers.size() - 1)
                            ? "(pid " + ownNumber + " in its own PID namespace) "
                            : callsItself(ownNumber));
        }
        return files.descends(ownNumber, peer)
                ? get(new Identity(ownNumber, ownNumber), "")
                : get(new Identity(peer, ownNumber), callsItself(ownNumber));
    }

    private static String callsItself(int ownNumber) {
        return "(calls itself pid " + ownNumber + ") ";
    }

    private TrackedProcess get(Identity identity, String remark) {
        return known.computeIfAbsent(identity, unknown -> {
            int number = identity.number();
            boolean real = canTell && number > 0;
            TrackedProcess process = new TrackedProcess(
                    number,
                    real ? files.startTime(number) : ProcFiles.UNREADABLE,
                    real ? (remark + files.command(number)).strip() : "");
            if (!otherRuns.isEmpty()) {
                process.belongsTo(nearestRun(number));
            }
            runsOfEnded.remove(number);
            return process;
        });
    }

    /** Notes that a process is a JVM of tests, which uses this server as its own. */
    void isRun(int number) {
        if (number <= 0 || number == self || otherRuns.put(number, files.startTime(number)) != null) {
            return;
        }
        known.values().stream()
                .filter(process -> process.run() == 0 || process.run() == self)
                .forEach(process -> process.belongsTo(nearestRun(process.processId())));
    }

    /** Returns whether a process belongs to another JVM of tests than one of them. */
    boolean isOfAnotherRun(int number, int thanThatOf) {
        int run = known.values().stream()
                .filter(process -> process.processId() == number && process.run() != 0)
                .mapToInt(TrackedProcess::run)
                .findFirst()
                .orElseGet(() -> files.startTime(number) == ProcFiles.GONE
                        ? runsOfEnded.getOrDefault(number, 0)
                        : nearestRun(number));
        return run != 0 && run != thanThatOf;
    }

    private int nearestRun(int number) {
        return (int) files.line(number)
                .filter(above -> above == self || isRunOf((int) above))
                .findFirst()
                .orElse(0);
    }

    private boolean isRunOf(int number) {
        Long startTime = otherRuns.get(number);
        return startTime != null && startTime == files.startTime(number);
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

    int size() {
        return known.size();
    }

    /**
     * Returns whether a process that calls itself so has sent events by a connection of the same process, or its own.
     */
    boolean isKnown(int peer, int ownNumber) {
        return known.containsKey(new Identity(ownNumber, ownNumber))
                || known.containsKey(new Identity(peer, ownNumber));
    }

    /** Returns whether one of this number has sent events, and holds something or is connected still. */
    boolean knows(int number) {
        return known.values().stream().anyMatch(process -> process.processId() == number);
    }

    /** Returns whether one has ended that no connection speaks for. */
    boolean hasEnded(TrackedProcess process) {
        return hasEnded(process, false);
    }

    private boolean hasEnded(TrackedProcess process, boolean outlivedToo) {
        int id = process.processId();
        if (id <= ProcessNames.UNSEEN) {
            return !process.isConnected();
        }
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

    /** Writes all that is known, and that this process is a JVM of tests, which is another one to whoever reads it. */
    void write(StateWriter out) throws IOException {
        known.values().stream()
                .filter(process -> process.run() == 0)
                .forEach(process -> process.belongsTo(nearestRun(process.processId())));
        out.writeInt(unseen);
        out.writeInt(otherRuns.size() + 1);
        writeRun(self, files.startTime(self), out);
        for (Map.Entry<Integer, Long> run : otherRuns.entrySet()) {
            writeRun(run.getKey(), run.getValue(), out);
        }
        out.writeInt(known.size());
        for (Map.Entry<Identity, TrackedProcess> each : known.entrySet()) {
            out.writeInt(each.getKey().number());
            out.writeInt(each.getKey().ownNumber());
            out.process(each.getValue());
        }
        out.writeInt(runsOfEnded.size());
        for (Map.Entry<Integer, Integer> each : runsOfEnded.entrySet()) {
            out.writeInt(each.getKey());
            out.writeInt(each.getValue());
        }
    }

    private static void writeRun(int number, long startTime, StateWriter out) throws IOException {
        out.writeInt(number);
        out.writeLong(startTime);
    }

    void read(StateReader in) throws IOException {
        inherited = true;
        unseen = in.readInt();
        for (int more = in.readInt(); more > 0; more--) {
            otherRuns.put(in.readInt(), in.readLong());
        }
        for (int more = in.readInt(); more > 0; more--) {
            known.put(new Identity(in.readInt(), in.readInt()), in.process());
        }
        for (int more = in.readInt(); more > 0; more--) {
            runsOfEnded.put(in.readInt(), in.readInt());
        }
    }

    /** Returns this process where it serves after another one, whom the kernel names still; 0 where it does not. */
    int successor() {
        return inherited ? self : 0;
    }

    /** Forgets those that nothing refers to any more. */
    void forgetIdle() {
        known.values().removeIf(process -> {
            boolean idle = !process.holdsBuffers() && !process.isConnected();
            if (idle) {
                noteEnd(process);
            }
            return idle;
        });
    }

    void forget(TrackedProcess process) {
        known.values().remove(process);
        noteEnd(process);
    }

    private void noteEnd(TrackedProcess process) {
        if (process.run() != 0) {
            runsOfEnded.put(process.processId(), process.run());
        }
    }
}

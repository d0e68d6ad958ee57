package io.github.ttmemorycheck.internal.process;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The processes of this test run: this JVM and its descendants, also those that have ended, or lost their parent, since
 * they were seen. Thread-safe.
 */
public final class ProcessTree implements IntPredicate {

    private final long self = ProcessHandle.current().pid();
    private final Set<Long> seen = new HashSet<>();

    /** Remembers the descendants that there are now. */
    public synchronized void look() {
        ProcessHandle.current().descendants().map(ProcessHandle::pid).forEach(seen::add);
    }

    @Override
    public synchronized boolean test(int processId) {
        if (processId == self || seen.contains((long) processId)) {
            return true;
        }
        boolean descends = ProcessHandle.of(processId).stream()
                .flatMap(ProcFiles::ancestors)
                .anyMatch(above -> above.pid() == self);
        if (descends) {
            seen.add((long) processId);
        }
        return descends;
    }

    /** Returns the commands, those of the owners of buffers with a word on whether they belong to this run. */
    public Map<Integer, String> named(Map<Integer, String> commands, Collection<DeviceBuffer> buffers) {
        Map<Integer, String> named = new HashMap<>(commands);
        buffers.stream()
                .map(DeviceBuffer::processId)
                .distinct()
                .forEach(owner -> named.put(owner, named(owner, commands.getOrDefault(owner, ""))));
        return named;
    }

    /** For example {@code python3 worker.py (ours)}. Nothing is said of a process that ended before it was seen. */
    public String named(int processId, String command) {
        String whose = " (ours)";
        if (!test(processId)) {
            whose = ProcessHandle.of(processId).isPresent() ? " (not of this test run)" : "";
        }
        return (command.strip() + whose).strip();
    }
}

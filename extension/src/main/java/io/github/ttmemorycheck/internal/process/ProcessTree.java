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
    private final ProcFiles files;
    private final long started;
    private final Set<Long> seen = new HashSet<>();
    private final Map<Integer, Decision> decided = new HashMap<>();
    private IntPredicate othersHave = nobody -> false;

    /** How long it is believed of a stranger that it is of the run: another run may make itself known at any time. */
    private static final long BELIEVED_NANOS = 50_000_000;

    /** Whether a process that started at some time is of the run, and when that was found out. */
    private record Decision(long startTime, boolean ofRun, long madeAtNanos) {}

    public ProcessTree() {
        this(ProcFiles.ofThisSystem());
    }

    ProcessTree(ProcFiles files) {
        this.files = files;
        this.started = files.startTime(self);
    }

    /** Asks from now on whoever serves several runs whether a process belongs to one of the others. */
    public synchronized void askAboutOthers(IntPredicate isOfAnotherRun) {
        othersHave = isOfAnotherRun;
    }

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

    /**
     * Returns whether a process is of the run: of the tree, or started later than this JVM by the same user and not of
     * another run. One that cannot be seen from here counts as of the run unless it is known to be of another one; one
     * that has ended stays what it was.
     */
    public synchronized boolean isOfRun(int processId) {
        if (processId == self) {
            return true;
        }
        long start = processId <= 0 ? ProcFiles.UNREADABLE : files.startTime(processId);
        Decision decision = decided.get(processId);
        if (start < 0 || started < 0) {
            return decision == null ? processId <= 0 || !othersHave.test(processId) : decision.ofRun();
        }
        long now = System.nanoTime();
        if (decision == null
                || decision.startTime() != start
                || (decision.ofRun() && now - decision.madeAtNanos() > BELIEVED_NANOS)) {
            decision = new Decision(start, test(processId) || startedLater(processId, start), now);
            decided.put(processId, decision);
        }
        return decision.ofRun();
    }

    private boolean startedLater(int processId, long start) {
        // What started in the same tick as this JVM is what started this JVM.
        return start > started && files.isOfSameUser(processId, self) && !othersHave.test(processId);
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
            boolean there = ProcessHandle.of(processId).isPresent();
            whose = !there ? "" : isOfRun(processId) ? " (started during this test run)" : " (not of this test run)";
        }
        return (command.strip() + whose).strip();
    }
}

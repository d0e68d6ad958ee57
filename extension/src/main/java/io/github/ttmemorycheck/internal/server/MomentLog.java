package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The open moments, and what happened since them that live entries do not show: releases of what was live at one of
 * them, processes that ended, and the last of what came and went. With no moment open nothing is kept.
 */
final class MomentLog {

    /** Ended processes kept: enough for a test that starts a process for each of some hundred cases, some 200 kB. */
    static final int MOST_ENDED = 1000;

    /** Short-lived buffers kept, for a diagnosis: those that a mesh of 64 devices frees in 16 steps, some 100 kB. */
    static final int MOST_PASSING = 1024;

    private record Release(long number, BufferEntry entry) {}

    private record Ending(long number, EndedProcess process) {}

    private final Consumer<Moment> closing;
    private final TreeMap<Long, Moment> open = new TreeMap<>();
    private final Deque<Release> released = new ArrayDeque<>();
    private final Deque<Ending> ended = new ArrayDeque<>();
    private final Deque<BufferEntry> passing = new ArrayDeque<>();
    private long lastSerial;
    private long releases;
    private long endings;
    private long newestOrder;

    /**
     * Makes an empty log; its moments are closed by a function that comes back to {@link #close} with the lock taken.
     */
    MomentLog(Consumer<Moment> closing) {
        this.closing = closing;
    }

    Moment open(MemoryTotals totals, long order, long nowNanos) {
        Moment moment = new Moment(++lastSerial, totals, order, nowNanos, releases, endings, closing);
        open.put(moment.serial(), moment);
        newestOrder = order;
        return moment;
    }

    void close(Moment moment) {
        open.remove(moment.serial(), moment);
        if (open.isEmpty()) {
            newestOrder = 0;
            released.clear();
            ended.clear();
            passing.clear();
            return;
        }
        newestOrder = open.lastEntry().getValue().order();
        Moment oldest = open.firstEntry().getValue();
        while (!released.isEmpty() && released.getFirst().number <= oldest.releases()) {
            released.removeFirst();
        }
        while (!ended.isEmpty() && ended.getFirst().number <= oldest.endings()) {
            ended.removeFirst();
        }
    }

    boolean isOpen(Moment moment) {
        return moment.equals(open.get(moment.serial()));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * Returns whether an entry was there at the newest open moment, so that what changes about it must be kept apart.
     */
    boolean sawAllocationOf(BufferEntry entry) {
        return entry.order() <= newestOrder;
    }

    void noteRelease(BufferEntry entry) {
        if (sawAllocationOf(entry)) {
            released.addLast(new Release(++releases, entry));
        } else if (!open.isEmpty()) {
            if (passing.size() == MOST_PASSING) {
                passing.removeFirst();
            }
            passing.addLast(entry);
        }
    }

    /** Returns the last entries that were added after a moment and released again, in the order of their release. */
    List<BufferEntry> passedSince(Moment moment) {
        return passing.stream().filter(entry -> entry.order() > moment.order()).toList();
    }

    void noteEnd(EndedProcess process) {
        if (open.isEmpty()) {
            return;
        }
        if (ended.size() == MOST_ENDED) {
            ended.removeFirst();
        }
        ended.addLast(new Ending(++endings, process));
    }

    /** Returns the entries that were live at a moment and were released since, in the order of their release. */
    List<BufferEntry> releasedSince(Moment moment) {
        List<BufferEntry> found = new ArrayList<>();
        Iterator<Release> newestFirst = released.descendingIterator();
        while (newestFirst.hasNext()) {
            Release release = newestFirst.next();
            if (release.number <= moment.releases()) {
                break;
            }
            if (release.entry.order() <= moment.order()) {
                found.add(release.entry);
            }
        }
        Collections.reverse(found);
        return found;
    }

    List<EndedProcess> endedSince(Moment moment) {
        return ended.stream()
                .filter(ending -> ending.number > moment.endings())
                .map(Ending::process)
                .toList();
    }

    /** How many releases are kept at present. */
    int kept() {
        return released.size();
    }
}

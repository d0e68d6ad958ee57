package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * A mark of this server, and what happened since that live entries do not show.
 *
 * @param faultsBefore the number of the last fault before it
 * @param blindBefore the number of the last reason before it that something could not be booked
 * @param released entries that it saw live and that were released since, in the order of their release
 * @param ended processes that ended since
 * @param closing what closing it does; it takes the server's lock
 */
record ServerMark(
        long serial,
        MemoryTotals totals,
        long order,
        long takenAtNanos,
        long faultsBefore,
        long blindBefore,
        List<BufferEntry> released,
        Deque<EndedProcess> ended,
        Consumer<ServerMark> closing)
        implements MemoryTracker.Mark {

    /** Ended processes kept: enough for a test that starts a process for each of some hundred cases, some 200 kB. */
    static final int MOST_ENDED = 1000;

    ServerMark(
            long serial,
            MemoryTotals totals,
            long order,
            long takenAtNanos,
            long faultsBefore,
            long blindBefore,
            Consumer<ServerMark> closing) {
        this(
                serial,
                totals,
                order,
                takenAtNanos,
                faultsBefore,
                blindBefore,
                new ArrayList<>(),
                new ArrayDeque<>(),
                closing);
    }

    /** Returns whether an entry was there, so that what changes about it must be kept apart. */
    boolean saw(BufferEntry entry) {
        return entry.order() <= order;
    }

    void noteEnd(EndedProcess process) {
        if (ended.size() == MOST_ENDED) {
            ended.removeFirst();
        }
        ended.addLast(process);
    }

    @Override
    public void close() {
        closing.accept(this);
    }
}

package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.text.Wording;

/**
 * How much the server holds at most. What goes beyond is not booked, and whoever sent it is named: a server that runs
 * out of memory would take the tests with it. Guarded by the lock of {@link AllocationService}.
 */
final class Limits {

    /** Connections at once: twenty for each of a hundred processes, and as many again. */
    static final int CONNECTIONS = 4_096;

    /** Devices, by their numbers: more than a cluster has. */
    static final int DEVICES = 4_096;

    /** Processes that hold something or are connected. */
    static final int PROCESSES = 65_536;

    /** Bytes of answers that clients have not read, of all clients together. */
    static final long UNREAD_ANSWERS = 64L << 20;

    /** Dumps into the log are made no more often than this. */
    static final long DUMP_EVERY_NANOS = 1_000_000_000;

    /** A quarter of the heap for buffers, at 120 bytes each with the table they are found by. */
    private static final int SHARE_OF_THE_HEAP = 4;

    private static final int BYTES_OF_A_BUFFER = 120;
    private static final long FEWEST_BUFFERS = 100_000;

    private final long buffers;
    private final int processes;

    Limits() {
        this(
                Math.max(FEWEST_BUFFERS, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP / BYTES_OF_A_BUFFER),
                PROCESSES);
    }

    Limits(long buffers, int processes) {
        this.buffers = buffers;
        this.processes = processes;
    }

    /** Returns how many processes may hold something or be connected. */
    int processes() {
        return processes;
    }

    /** Returns how many buffers may be live. */
    long buffers() {
        return buffers;
    }

    /** Says that a limit is reached. */
    static String reached(long most, String what, String who) {
        return "the limit of " + Wording.count(most, what) + " is reached, and what " + who + " sends is not booked";
    }
}

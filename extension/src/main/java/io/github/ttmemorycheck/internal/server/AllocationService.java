package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The allocation server at work.
 *
 * <p>One lock guards the ledger and all connections. One daemon thread waits for clients and, with the lock held, reads and
 * answers them. Whoever wants to know what is allocated takes the same lock and drains every connection in its own thread
 * first, so that no other thread has to wake up in between. The lock is fair: a stream of events cannot keep a snapshot
 * waiting. A snapshot itself may overtake. Nothing is logged while it is held, except single events at debug level.
 */
public final class AllocationService implements AutoCloseable {

    /**
     * Rounds after which a drain ends although clients go on asking: more than the requests that fit into a socket's
     * buffer of 1 MiB, so that all that was sent when the drain began has been read.
     */
    private static final int MOST_ROUNDS = 20_000;

    /**
     * How often a question tries for the lock before it waits in line, some 50 microseconds: whoever holds it has less to do
     * than that as a rule, and to be woken takes longer.
     */
    private static final int TRIES = 2_000;

    /** How long closing waits for the thread, which does nothing that takes milliseconds. */
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Notices notices = new Notices();
    private final DumpRequests dumps = new DumpRequests();
    private final Ledger ledger = new Ledger(ProcFiles.ofThisSystem());
    private final LongSupplier clock;
    private final SocketFile socket;
    private final Selector selector;
    private final Arrivals arrivals;
    private final Acceptor acceptor;
    private final Connections connections;
    private final Thread thread;
    private volatile boolean closing;
    private boolean ended;
    private @Nullable Throwable failure;

    private AllocationService(SocketFile socket, Selector selector, Arrivals arrivals, LongSupplier clock)
            throws IOException {
        this.socket = socket;
        this.selector = selector;
        this.arrivals = arrivals;
        this.clock = clock;
        acceptor = new Acceptor(
                socket.listener(),
                selector,
                arrivals,
                socket.owner(),
                in -> new Connection(in.channel(), in.key(), ledger, dumps, notices, clock),
                notices,
                clock);
        connections = new Connections(acceptor, arrivals, ledger, dumps, notices, clock);
        thread = new Thread(this::run, "tt-allocation-server");
        thread.setDaemon(true);
    }

    /**
     * Starts to serve.
     *
     * @param path where to listen
     * @return the running service
     * @throws IOException when that is not possible, with the reason and the way out
     */
    public static AllocationService start(Path path) throws IOException {
        SocketFile socket = SocketFile.publish(path);
        Selector selector = null;
        Arrivals arrivals = null;
        try {
            selector = Selector.open();
            arrivals = new Arrivals();
            AllocationService service = new AllocationService(socket, selector, arrivals, System::nanoTime);
            service.thread.start();
            return service;
        } catch (IOException | RuntimeException | Error e) {
            undo(e, arrivals, selector, socket);
            throw e;
        }
    }

    private static void undo(Throwable e, @Nullable AutoCloseable... opened) {
        for (AutoCloseable each : opened) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception second) {
                e.addSuppressed(second);
            }
        }
    }

    /** Returns where clients connect. */
    public Path socket() {
        return socket.path();
    }

    /** Remembers this moment, after all that was sent before. */
    public Moment mark() {
        return drained(() -> ledger.mark(clock.getAsLong()));
    }

    /**
     * Tells what changed since a moment.
     *
     * @throws IllegalStateException when the moment was forgotten
     */
    public SnapshotDiff since(Moment moment) {
        return drained(() -> {
            if (!ledger.registry().isMarked(moment)) {
                throw new IllegalStateException("the mark is not open at the server of " + socket()
                        + ": it was closed, or made by another tracker; compare before closing it");
            }
            return ledger.since(moment);
        });
    }

    /** Tells the last buffers that were allocated after a moment and freed again, as far as that has been read. */
    public List<DeviceBuffer> freedSince(Moment moment) {
        return locked(() -> ledger.registry().freedSince(moment));
    }

    /** Forgets a moment; harmless when it is forgotten already. */
    public void forget(Moment moment) {
        locked(() -> {
            ledger.registry().forget(moment);
            return null;
        });
    }

    /** Tells everything that is allocated. */
    public MemorySnapshot snapshot() {
        return drained(ledger::snapshot);
    }

    /** Returns how many events were booked, frees of unknown buffers included. */
    public long events() {
        return locked(ledger::events);
    }

    /** Returns how many frees named nothing that was live. */
    public long unknownFrees() {
        return locked(ledger.registry()::unknownFrees);
    }

    /** Returns how many messages were malformed. */
    public long malformedMessages() {
        return locked(ledger::malformed);
    }

    /** Returns how many clients are connected. */
    public int connections() {
        return locked(connections::size);
    }

    /** Tells whether clients are served: neither closed nor ended by an error. */
    public boolean isServing() {
        return locked(() -> !ended && !closing);
    }

    /** Waits, without a bound, until the service has ended; returns what ended it, or null when it was closed. */
    public @Nullable Throwable awaitEnd() throws InterruptedException {
        thread.join();
        return locked(() -> failure);
    }

    private <T> T drained(Supplier<T> answer) {
        return locked(this::hurry, () -> {
            check();
            int rounds = 0;
            boolean goesOn = true;
            while (goesOn && rounds++ < MOST_ROUNDS) {
                goesOn = connections.round();
            }
            if (goesOn) {
                selector.wakeup();
            }
            String blindness = connections.blindness();
            if (blindness != null) {
                throw new ServiceUnavailableException(
                        "the allocation server at " + socket() + " cannot let clients in: " + blindness
                                + "; what they sent is not known. Raise the limit on open files (ulimit -n) if it says so",
                        null);
            }
            return answer.get();
        });
    }

    private void check() {
        if (failure != null) {
            throw new ServiceUnavailableException(
                    "the allocation server at " + socket() + " ended by itself: " + failure
                            + "; what was sent since is lost. Close it and start another",
                    failure);
        }
        if (ended || closing) {
            throw new ServiceUnavailableException(
                    "the allocation server at " + socket()
                            + " was closed; start another, and keep it open while tests run",
                    null);
        }
        if (!socket.isOurs()) {
            throw new ServiceUnavailableException(
                    "the allocation server at " + socket()
                            + " cannot be reached: its socket file was deleted or replaced"
                            + " by another program, so what is allocated is not known. End that program or give each its"
                            + " own path (tt.memory.check.socket), then start the server again",
                    null);
        }
    }

    /** Takes the lock, before others that wait if it is free: a question reads all that they would. */
    private void hurry() {
        for (int i = 0; i < TRIES; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    private <T extends @Nullable Object> T locked(Supplier<T> work) {
        return locked(lock::lock, work);
    }

    private <T extends @Nullable Object> T locked(Runnable locking, Supplier<T> work) {
        Queue<Runnable> toLog;
        locking.run();
        try {
            return work.get();
        } finally {
            if (connections.takeSelectorIsBehind() && !ended) {
                selector.wakeup();
            }
            toLog = notices.take();
            lock.unlock();
            Notices.publish(toLog);
        }
    }

    private void run() {
        Throwable cause = null;
        try {
            long waitNanos = Long.MAX_VALUE;
            while (!closing) {
                select(waitNanos);
                waitNanos = locked(this::serveReady);
            }
        } catch (Throwable e) {
            // Whatever it is: nobody may believe figures of a server that does not read any more.
            cause = e;
        }
        end(cause);
    }

    private void select(long waitNanos) throws IOException {
        if (waitNanos <= 0) {
            selector.selectNow();
        } else {
            long millis = waitNanos == Long.MAX_VALUE ? 0 : 1 + TimeUnit.NANOSECONDS.toMillis(waitNanos);
            selector.select(millis);
        }
    }

    /** Serves what is ready; returns how long the selector may wait then. */
    private long serveReady() {
        for (Iterator<SelectionKey> ready = selector.selectedKeys().iterator(); ready.hasNext(); ) {
            SelectionKey key = ready.next();
            ready.remove();
            if (!key.isValid()) {
                continue;
            }
            if (key.attachment() instanceof Connection connection) {
                if (key.isWritable()) {
                    connections.write(connection);
                }
                connections.read(connection);
            } else {
                connections.accept();
            }
        }
        connections.decideDue(clock.getAsLong());
        boolean another = connections.needsRound() && connections.round();
        // This thread selects next anyway.
        connections.takeSelectorIsBehind();
        long pause = acceptor.pauseNanos();
        long wait = another ? 0 : connections.nanosToNextDecision(clock.getAsLong());
        return pause > 0 ? Math.min(pause, wait) : wait;
    }

    private void end(@Nullable Throwable cause) {
        locked(() -> {
            ended = true;
            failure = cause;
            if (cause != null) {
                notices.add(
                        () -> ServerLog.log().warn("the allocation server at " + socket() + " ended by itself", cause));
            }
            connections.closeAll();
            try (socket;
                    selector;
                    arrivals) {
                return null;
            } catch (IOException | LinkageError e) {
                // An error of linkage: a JDK class that first loads now cannot, while no more files can be opened.
                notices.add(() -> ServerLog.log().warn("closing the socket " + socket() + " failed", e));
                return null;
            }
        });
    }

    /** Ends the service, its connections and its thread, and removes its socket. Doing so twice is harmless. */
    @Override
    public void close() {
        locked(() -> {
            closing = true;
            return ended ? null : selector.wakeup();
        });
        long deadline = clock.getAsLong() + CLOSE_NANOS;
        boolean interrupted = false;
        while (thread.isAlive() && clock.getAsLong() - deadline < 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline - clock.getAsLong());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            ServerLog.log().warn("the thread of the allocation server at " + socket() + " did not end within 5 s");
        }
    }

    /** For tests: the thread that serves ends by an error when this is closed under it. */
    Selector selector() {
        return selector;
    }

    /** For tests: what is booked. */
    BufferRegistry registry() {
        return ledger.registry();
    }
}

package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The allocation server at work: its thread, its lock and its end.
 *
 * <p>One lock guards the book and all connections. One daemon thread waits for clients and, with the lock held, reads
 * and answers them. Whoever asks what is allocated takes the same lock and drains every connection in its own thread,
 * so that no other thread has to wake up in between. The lock is fair: a stream of events cannot keep a snapshot
 * waiting, which itself may overtake. Nothing is logged while it is held, except single events at debug level.
 */
final class AllocationService implements AutoCloseable {

    /**
     * How long a question reads what was sent before it. Sixteen clients that never stop take a tenth of it; what takes
     * longer is not measured.
     */
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * How often a question tries for the lock before it waits in line, some 50 microseconds: whoever holds it has less
     * to do than that as a rule, and to be woken takes longer.
     */
    private static final int TRIES = 2_000;

    /** How long closing waits for the thread, which does nothing that takes milliseconds. */
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final EventBook book = new EventBook(ProcFiles.ofThisSystem(), this::forget);
    private final SocketFile socket;
    private final Selector selector;
    private final Arrivals arrivals;
    private final Connections connections;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean frozen;
    private boolean ended;
    private @Nullable Throwable failure;

    private AllocationService(SocketFile socket, Selector selector, Arrivals arrivals) throws IOException {
        this.socket = socket;
        this.selector = selector;
        this.arrivals = arrivals;
        Acceptor acceptor = new Acceptor(socket, socket::serves, selector, arrivals, book);
        connections = new Connections(acceptor, arrivals, book);
        thread = new Thread(this::run, "tt-allocation-server");
        thread.setDaemon(true);
    }

    static AllocationService start(SocketPath path) throws IOException {
        WarmUp.run();
        SocketFile socket = SocketFile.publish(path);
        Selector selector = null;
        Arrivals arrivals = null;
        try {
            selector = socket.sockets().openSelector();
            arrivals = new Arrivals(socket.sockets());
            AllocationService service = new AllocationService(socket, selector, arrivals);
            service.thread.start();
            return service;
        } catch (IOException | RuntimeException | Error e) {
            undo(e, arrivals, selector, socket);
            throw e;
        }
    }

    /**
     * Goes on where another server was that wrote what it knew. What fails closes nothing: the other one may go on.
     *
     * @param clients the connections that it had, in its order
     */
    static AllocationService resume(SocketFile socket, List<SocketChannel> clients, StateReader state)
            throws IOException {
        Selector selector = socket.sockets().openSelector();
        AllocationService service = new AllocationService(socket, selector, new Arrivals(socket.sockets()));
        service.book.read(state);
        service.connections.takeOver(clients, state);
        // What clients have sent meanwhile is read at once.
        selector.wakeup();
        service.thread.start();
        return service;
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

    Path socket() {
        return socket.path();
    }

    /** Returns what clients reported; to be asked with the lock taken. */
    EventBook book() {
        return book;
    }

    /** Returns who is connected; to be asked with the lock taken. */
    Connections connections() {
        return connections;
    }

    boolean isServing() {
        return locked(() -> !ended && !closing);
    }

    @Nullable
    Throwable awaitEnd() throws InterruptedException {
        thread.join();
        return locked(() -> failure);
    }

    void awaitEnd(long atMostNanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, atMostNanos);
    }

    private void forget(ServerMark mark) {
        locked(() -> {
            book.registry().forget(mark);
            return null;
        });
    }

    /**
     * Answers with the lock taken, after everything was read whose {@code send} had returned.
     *
     * @throws TrackerException when the service has ended, or clients cannot reach it
     */
    <T> T drained(Supplier<T> answer) {
        return locked(this::hurry, () -> {
            check();
            drain();
            String blindness = connections.blindness();
            if (blindness != null) {
                throw new TrackerException(
                        "the allocation server at " + socket() + " cannot let clients in: " + blindness
                                + "; what they sent is not known. Raise the limit on open files (ulimit -n) if"
                                + " it says so");
            }
            return answer.get();
        });
    }

    /** Reads what was sent before now; what clients send meanwhile does not prolong it. */
    private void drain() {
        long start = System.nanoTime();
        boolean unread = connections.beginDrain();
        while (unread) {
            unread = connections.drainRound();
            if (unread && System.nanoTime() - start > DRAIN_NANOS) {
                selector.wakeup();
                throw new TrackerException(
                        "clients send and ask more than can be read",
                        "all that had been sent to the allocation server at " + socket() + ", within "
                                + Wording.time(DRAIN_NANOS),
                        Wording.count(connections.size(), "connection") + ", of which some are still unread",
                        "end the clients that flood the server, or run the tests on a machine with less to do",
                        null);
            }
        }
        if (connections.needsRound()) {
            selector.wakeup();
        }
    }

    private void check() {
        String server = "the allocation server at " + socket();
        if (failure != null) {
            throw new TrackerException(
                    server + " ended by itself: " + failure
                            + "; what was sent since is lost. Close it and start another",
                    failure);
        }
        if (ended || closing) {
            throw new TrackerException(server + " was closed; start another, and keep it open while tests run");
        }
        if (!socket.isOurs()) {
            throw new TrackerException(server + " cannot be reached: its socket file was deleted or replaced by another"
                    + " program, so what is allocated is not known. End that program or " + socket.otherPath()
                    + ", then start the server again");
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

    <T extends @Nullable Object> T locked(Supplier<T> work) {
        return locked(lock::lock, work);
    }

    private <T extends @Nullable Object> T locked(Runnable locking, Supplier<T> work) {
        Queue<Runnable> toLog;
        // An interrupt closes the channels of junixsocket that the thread uses.
        boolean interrupted = Thread.interrupted();
        locking.run();
        try {
            return work.get();
        } finally {
            if (connections.takeSelectorIsBehind() && !ended) {
                selector.wakeup();
            }
            toLog = book.notices().take();
            lock.unlock();
            Notices.publish(toLog);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        Throwable cause = null;
        try {
            long waitNanos = Long.MAX_VALUE;
            while (!closing) {
                if (waitNanos <= 0) {
                    selector.selectNow();
                } else if (waitNanos == Long.MAX_VALUE) {
                    selector.select();
                } else {
                    selector.select(1 + TimeUnit.NANOSECONDS.toMillis(waitNanos));
                }
                waitNanos = locked(this::serveReady);
            }
        } catch (Throwable e) {
            // Whatever it is: nobody may believe figures of a server that does not read any more.
            cause = e;
        }
        if (!frozen || cause != null) {
            end(cause);
        }
    }

    /** Serves what is ready; returns how long the selector may wait then. */
    private long serveReady() {
        for (Iterator<SelectionKey> ready = selector.selectedKeys().iterator(); ready.hasNext(); ) {
            SelectionKey key = ready.next();
            ready.remove();
            if (key.attachment() instanceof Connection connection) {
                if (key.isValid()) {
                    connections.serve(connection);
                } else {
                    connections.hangUp(connection);
                }
            } else {
                connections.accept();
            }
        }
        connections.decideDue(System.nanoTime());
        boolean another = connections.needsRound() && connections.round();
        connections.tidy();
        // This thread selects next anyway.
        connections.takeSelectorIsBehind();
        long idle = connections.idleNanos(System.nanoTime());
        return another ? 0 : idle;
    }

    private void end(@Nullable Throwable cause) {
        locked(() -> {
            if (ended) {
                return null;
            }
            ended = true;
            failure = cause;
            if (cause != null) {
                book.notices().warn("the allocation server at " + socket() + " ended by itself", cause);
            }
            connections.closeAll();
            try (socket;
                    selector;
                    arrivals) {
                return null;
            } catch (IOException | LinkageError e) {
                // An error of linkage: a JDK class that first loads now cannot, while no more files can be opened.
                book.notices().warn("closing the socket " + socket() + " failed", e);
                return null;
            }
        });
    }

    /**
     * Closes, unless other processes than this one are connected, or come meanwhile. The public name goes before the
     * last look, so that nobody comes after it.
     *
     * @return who is connected; nobody when it is closed
     */
    List<String> closeUnlessUsed() {
        int self = (int) ProcessHandle.current().pid();
        List<String> others = locked(() -> {
            if (ended || closing) {
                return List.of();
            }
            connections.beginDrain();
            List<String> found = connections.others(self);
            if (found.isEmpty()) {
                socket.withdraw();
                connections.beginDrain();
                found = connections.others(self);
                closing = found.isEmpty();
                if (!closing) {
                    socket.publishAgain();
                }
            }
            return found;
        });
        if (others.isEmpty()) {
            close();
        }
        return others;
    }

    /** Stops serving and lets nobody go: what clients send waits in their sockets. Returns whether it could. */
    boolean freeze() {
        frozen = true;
        stop();
        return !thread.isAlive() && locked(() -> !ended);
    }

    SocketFile socketFile() {
        return socket;
    }

    /** Ends without closing what another process has taken over. */
    void leave() {
        locked(() -> ended = true);
    }

    /** Ends the service, its connections and its thread, and removes its socket. Doing so twice is harmless. */
    @Override
    public void close() {
        stop();
        if (frozen) {
            end(null);
        }
    }

    private void stop() {
        locked(() -> {
            closing = true;
            return ended ? null : selector.wakeup();
        });
        long deadline = System.nanoTime() + CLOSE_NANOS;
        boolean interrupted = false;
        while (thread.isAlive() && System.nanoTime() - deadline < 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
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
}

package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import io.github.ttmemorycheck.internal.wire.PeerProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All clients. Works in rounds: accept what is pending, read every connection that has something to read until it would
 * block, then answer what had been asked <em>before the round began</em>. So an answer holds every event whose
 * {@code send} had returned before the question was sent, whichever connection it came by, and never one that follows
 * the question on its own connection.
 *
 * <p>Guarded by the lock of {@link AllocationService}. A round may be run by any thread.
 */
final class Connections {

    /** Clients let in for one question: all that waited when it was asked, and not all that come meanwhile. */
    private static final int MOST_ACCEPTED = SocketFile.BACKLOG + 1;

    /** Bytes read from a connection that is ready before others have their turn. */
    private static final long MOST_AT_ONCE = 1L << 20;

    private final Acceptor acceptor;
    private final Arrivals arrivals;
    private final EventBook book;
    private final Set<Connection> open = new LinkedHashSet<>();
    private final Set<Connection> attention = new LinkedHashSet<>();

    /** Those that were answered: what they had sent behind the question may have been received, and not been read. */
    private final Set<Connection> answered = new LinkedHashSet<>();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private boolean selectorIsBehind;
    private boolean hasClosed;
    private long drain;
    private boolean clientsLetIn;

    Connections(Acceptor acceptor, Arrivals arrivals, EventBook book) {
        this.acceptor = acceptor;
        this.arrivals = arrivals;
        this.book = book;
    }

    /** Begins to read what was sent before now, and returns whether that takes further rounds. */
    boolean beginDrain() {
        drain++;
        clientsLetIn = false;
        return drainRound();
    }

    /** Works a round in which only what was sent before the drain is read; returns whether there may be more of it. */
    boolean drainRound() {
        round(connection -> connection.isUnread(drain), !clientsLetIn);
        clientsLetIn = true;
        return Stream.of(answered, attention).flatMap(Set::stream).anyMatch(connection -> connection.isUnread(drain));
    }

    boolean round() {
        round(connection -> true, true);
        return needsRound();
    }

    private void round(Predicate<Connection> read, boolean letIn) {
        List<Connection> waiting = attention.stream()
                .filter(connection -> connection.asked() != null)
                .toList();
        Set<MessageType> dumps = book.takeDumps();
        look();
        Set<Connection> unread = new LinkedHashSet<>(arrivals.ready());
        unread.addAll(attention);
        unread.addAll(answered);
        answered.removeIf(read);
        if (letIn && (arrivals.clientsWait() || acceptor.failure() != null)) {
            unread.addAll(accept());
        }
        for (Connection connection : unread) {
            if (read.test(connection)) {
                connection.read(buffer, SocketBuffers.MOST, true);
            }
            finish(connection);
        }
        if (!waiting.isEmpty()) {
            book.sweep();
        }
        waiting.forEach(this::answer);
        if (!dumps.isEmpty()) {
            book.dump(dumps, System.nanoTime());
        }
        tidy();
    }

    List<Connection> accept() {
        List<Connection> added = new ArrayList<>();
        Connection accepted;
        while (added.size() < MOST_ACCEPTED && (accepted = acceptor.accept()) != null) {
            if (open.size() >= Limits.CONNECTIONS) {
                book.blindness()
                        .note(
                                Limits.reached(Limits.CONNECTIONS, "connection", accepted.who()),
                                "close connections that are not needed");
                accepted.close();
                selectorIsBehind = true;
                continue;
            }
            open.add(accepted);
            added.add(accepted);
            selectorIsBehind = true;
        }
        if (!added.isEmpty()) {
            // What the same processes sent by connections that they had closed is read first: they sent it earlier.
            look();
        }
        return added;
    }

    /** Finds out who has sent something, and reads to the end what clients had sent that have gone. */
    private void look() {
        hasClosed = false;
        arrivals.look();
        arrivals.gone().stream()
                .sorted(Comparator.comparingLong(Connection::serial))
                .toList()
                .forEach(this::hangUp);
    }

    /** Gives back the files of connections that were closed: a selector keeps them until it looks again. */
    void tidy() {
        while (hasClosed) {
            look();
        }
    }

    /** Reads the rest of a connection whose client has gone, and lets it go. */
    void hangUp(Connection connection) {
        connection.readToTheEnd(buffer, SocketBuffers.MOST);
        finish(connection);
    }

    /** Writes to and reads from a connection that is ready, or whose undecided request is due. */
    void serve(Connection connection) {
        connection.flush();
        connection.read(buffer, MOST_AT_ONCE, false);
        finish(connection);
    }

    /** Reads those connections whose undecided request is due. */
    void decideDue(long nowNanos) {
        for (Connection connection : List.copyOf(attention)) {
            if (connection.patience(nowNanos) == 0) {
                serve(connection);
            }
        }
    }

    /** Returns whether a question or a dump waits for a round, or what was sent behind a question is unread. */
    boolean needsRound() {
        return !answered.isEmpty()
                || book.isDumpWanted()
                || attention.stream().anyMatch(connection -> connection.asked() != null);
    }

    /** Returns how long nothing is to be done unless something comes; {@link Long#MAX_VALUE} for ever. */
    long idleNanos(long nowNanos) {
        long pause = acceptor.pauseNanos();
        long shortest = pause > 0 ? pause : Long.MAX_VALUE;
        for (Connection connection : attention) {
            shortest = Math.min(shortest, connection.patience(nowNanos));
        }
        return shortest;
    }

    private void answer(Connection connection) {
        Connection.Asked asked = connection.asked();
        if (asked != null) {
            connection.answer(write(connection, asked));
            if (connection.unsent() > 0
                    && open.stream().mapToLong(Connection::unsent).sum() > Limits.UNREAD_ANSWERS) {
                connection.giveUp();
            }
            answered.add(connection);
            finish(connection);
        }
    }

    private byte[] write(Connection connection, Connection.Asked asked) {
        if (PeerProtocol.isQuestion(asked.request())) {
            return connection.peer().answer(asked.request(), System.nanoTime());
        }
        int device = asked.request().device();
        Generation generation = asked.generation();
        if (asked.request().type() == MessageType.QUERY) {
            return MessageWriter.write(book.totals(device), generation);
        }
        // A question that came alone may look shorter than it is; the first generation that has an answer gives it.
        boolean hasAnswer = generation.knows(MessageType.DEVICE_INFO_RESPONSE);
        return MessageWriter.write(book.deviceInfo(device), hasAnswer ? generation : Generation.G2);
    }

    private void finish(Connection connection) {
        if (connection.isOver()) {
            open.remove(connection);
            attention.remove(connection);
            answered.remove(connection);
            connection.close();
            hasClosed = true;
            selectorIsBehind = true;
            return;
        }
        if (connection.asked() != null || connection.isUndecided()) {
            // Another thread than the selector's may have found it: the time to decide is news to that one.
            selectorIsBehind |= attention.add(connection);
        } else {
            attention.remove(connection);
        }
        selectorIsBehind |= connection.updateInterest();
    }

    /** Returns, once, whether the selector must look again since channels were opened, closed or changed. */
    boolean takeSelectorIsBehind() {
        boolean behind = selectorIsBehind;
        selectorIsBehind = false;
        return behind;
    }

    /** Writes what is known of each client, in the order of {@link #channels}. */
    void write(StateWriter out) throws IOException {
        for (Connection connection : open) {
            connection.write(out);
        }
    }

    List<SocketChannel> channels() {
        return open.stream().map(Connection::channel).toList();
    }

    /** Returns the marks of clients. */
    Set<ServerMark> marked() {
        return open.stream()
                .flatMap(connection -> connection.peer().marked().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Prepares for being handed over, when nobody serves any more: lets those go whose clients have gone, which a
     * selector may have closed in its last look, and tells JVMs of tests that their answers take longer.
     */
    void pause() {
        look();
        List.copyOf(open).stream().filter(Connection::isClosed).forEach(this::hangUp);
        tidy();
        open.forEach(Connection::askForPatience);
    }

    /** Goes on with the clients of another server; all are read in the next round. */
    void takeOver(List<SocketChannel> channels, StateReader in) throws IOException {
        for (SocketChannel channel : channels) {
            Connection connection = acceptor.takeOver(channel, in);
            open.add(connection);
            answered.add(connection);
            finish(connection);
        }
    }

    /** Returns who is connected that is not the process of a number. */
    List<String> others(int process) {
        return open.stream()
                .filter(connection -> connection.isOfAnother(process))
                .map(Connection::who)
                .distinct()
                .toList();
    }

    int size() {
        return open.size();
    }

    void closeAll() {
        open.forEach(Connection::close);
        open.clear();
        attention.clear();
        answered.clear();
    }

    @Nullable
    String blindness() {
        return acceptor.failure();
    }
}

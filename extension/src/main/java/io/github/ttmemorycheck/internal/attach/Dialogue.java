package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.socket.BoundedSocket;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One connection of questions and answers of a fixed length.
 *
 * <p>A third-party server dies of an answer that it cannot deliver. So a connection with an answer under way is not
 * closed: after a wait in vain the late answer is read, and dropped, before the next question, and {@link #close()}
 * leaves the connection open. Not thread-safe.
 */
final class Dialogue implements AutoCloseable {

    private static final int MOST_LEFT_OPEN = 64;
    private static final Deque<BoundedSocket> LEFT_OPEN = new ArrayDeque<>();

    private final BoundedSocket socket;
    private int owed;

    private Dialogue(BoundedSocket socket) {
        this.socket = socket;
    }

    static Dialogue open(Path path, long patienceNanos) throws IOException {
        return new Dialogue(BoundedSocket.connect(path, patienceNanos));
    }

    /** Asks, and returns the whole answer. */
    byte[] ask(byte[] question, int answerLength, long deadlineNanos) throws IOException {
        receive(new byte[owed], deadlineNanos);
        socket.send(question);
        owed = answerLength;
        byte[] answer = new byte[answerLength];
        receive(answer, deadlineNanos);
        return answer;
    }

    /** Sends what has no answer. */
    void send(byte[] message) throws IOException {
        socket.send(message);
    }

    /** Reads what is owed into the end of the bytes; what has come is not owed any more, even if the rest is late. */
    private void receive(byte[] bytes, long deadlineNanos) throws IOException {
        while (owed > 0) {
            int got = socket.read(bytes, bytes.length - owed, owed, deadlineNanos);
            if (got < 0) {
                throw new EOFException("it closed the connection");
            }
            owed -= got;
        }
    }

    @Override
    public void close() {
        leave(socket, owed > 0);
    }

    /** Closes a connection; one whose answer has not come stays open as long as the JVM, one of the last 64. */
    static void leave(BoundedSocket connection, boolean owesAnswer) {
        BoundedSocket closed = connection;
        if (owesAnswer) {
            synchronized (LEFT_OPEN) {
                LEFT_OPEN.addLast(connection);
                closed = LEFT_OPEN.size() > MOST_LEFT_OPEN ? LEFT_OPEN.removeFirst() : null;
            }
        }
        if (closed != null) {
            closed.close();
        }
    }
}

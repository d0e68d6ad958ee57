package io.github.ttmemorycheck.internal.attach;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One connection of questions and answers of a fixed length.
 *
 * <p>A real server dies of an answer that it cannot deliver. So a connection with an answer under way is never closed while
 * its server may still send it: after a wait in vain it stays open, and the late answer is read, and dropped, before the
 * next question. Not thread-safe.
 */
final class Dialogue implements AutoCloseable {

    private final BoundedSocket socket;
    private int owed;

    private Dialogue(BoundedSocket socket) {
        this.socket = socket;
    }

    static Dialogue open(Path path, long patienceNanos) throws IOException {
        return new Dialogue(BoundedSocket.connect(path, patienceNanos));
    }

    int serverProcess() {
        return socket.serverProcess();
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

    /** Says something that has no answer. */
    void send(byte[] message) throws IOException {
        socket.send(message);
    }

    /** Reads what is owed into the end of the bytes; what has come is not owed any more, even if the rest does not come. */
    private void receive(byte[] bytes, long deadlineNanos) throws IOException {
        while (owed > 0) {
            int got = socket.read(bytes, bytes.length - owed, owed, deadlineNanos);
            if (got < 0) {
                throw new EOFException("it closed the connection");
            }
            owed -= got;
        }
    }

    /** Tells whether the server may still send an answer. */
    boolean isOwedAnAnswer() {
        return owed > 0;
    }

    @Override
    public void close() {
        socket.close();
    }
}

package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.socket.BoundedSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Connections whose answer has not come: closing one could end its server. So they stay open as long as the JVM, the
 * last 64 of them. Thread-safe.
 */
final class LeftOpen {

    private static final int MOST = 64;
    private static final Deque<BoundedSocket> CONNECTIONS = new ArrayDeque<>();

    private LeftOpen() {}

    static synchronized void keep(BoundedSocket connection) {
        CONNECTIONS.addLast(connection);
        if (CONNECTIONS.size() > MOST) {
            CONNECTIONS.removeFirst().close();
        }
    }
}

package io.github.ttmemorycheck.internal.attach;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Connections whose answer has not come: closing one could end its server. So they stay open as long as the JVM, the last 64
 * of them. Thread-safe.
 */
final class LeftOpen {

    private static final int MOST = 64;
    private static final Deque<AutoCloseable> CONNECTIONS = new ArrayDeque<>();

    private LeftOpen() {}

    static synchronized void keep(AutoCloseable connection) {
        CONNECTIONS.addLast(connection);
        if (CONNECTIONS.size() > MOST) {
            try {
                CONNECTIONS.removeFirst().close();
            } catch (Exception ignored) {
                // The descriptor is gone in any case.
            }
        }
    }
}

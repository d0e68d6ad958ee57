package io.github.ttmemorycheck.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A Unix socket that collects what its connections send, one after another. Made of the JDK's channels, so that the
 * client's library is not tested against itself. A lock guards the bytes; the reading thread and the test take it.
 */
final class CollectingPeer implements AutoCloseable {

    private final Path path;
    private final ServerSocketChannel server;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int connections;
    private int ended;

    CollectingPeer(Path path) throws IOException {
        this.path = path;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        thread = new Thread(this::read, "collecting peer");
        thread.start();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(65536);
        try {
            while (true) {
                try (SocketChannel connection = server.accept()) {
                    update(() -> connections++);
                    while (connection.read(buffer.clear()) >= 0) {
                        update(() -> bytes.write(buffer.array(), 0, buffer.position()));
                    }
                }
                update(() -> ended++);
            }
        } catch (IOException e) {
            // Closed: that is how this thread ends.
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many bytes have come, and returns all that have. */
    byte[] await(int length) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(20);
            while (bytes.size() < length && left > 0) {
                left = changed.awaitNanos(left);
            }
            return bytes.toByteArray();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many connections have been closed by the client. */
    boolean awaitEnded(int count) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(20);
            while (ended < count && left > 0) {
                left = changed.awaitNanos(left);
            }
            return ended >= count;
        } finally {
            lock.unlock();
        }
    }

    int connections() {
        lock.lock();
        try {
            return connections;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the socket and its connection, and removes its file. */
    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt(); // Closes the connection that is being read, too.
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(path);
    }
}

package io.github.ttmemorycheck.internal.socket;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.text.Wording;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * A connection to a Unix socket on which nothing waits without a bound. An interrupt changes nothing about that.
 * Everything that goes wrong is an {@link IOException} whose message a person understands: a {@link
 * SocketTimeoutException} when time is up. Not thread-safe.
 *
 * <p>junixsocket ends connecting and sending after its timeout or, depending on where it finds them, after twice of it.
 */
public final class BoundedSocket implements AutoCloseable {

    private final AFUNIXSocket socket;
    private final int patienceMillis;
    private int timeoutMillis;

    private BoundedSocket(AFUNIXSocket socket, int patienceMillis) {
        this.socket = socket;
        this.patienceMillis = patienceMillis;
        this.timeoutMillis = patienceMillis;
    }

    /**
     * Connects.
     *
     * @param patienceNanos how long to wait until the server accepts the connection, and for each sending
     */
    public static BoundedSocket connect(Path path, long patienceNanos) throws IOException {
        // A fruitless connect costs junixsocket some 70 microseconds, and a workload has many events.
        if (!path.toFile().exists()) {
            throw new SocketException("No such file or directory");
        }
        if (!NativeLibrary.isLoaded()) {
            throw new NativeLibraryException();
        }
        int patience = millis(patienceNanos);
        try {
            BoundedSocket fresh = new BoundedSocket(AFUNIXSocket.newInstance(), patience);
            try {
                // Before the connect, whose own timeout is ignored while the server's queue is full.
                fresh.socket.setSoTimeout(patience);
                fresh.socket.connect(AFUNIXSocketAddress.of(path));
                return fresh;
            } catch (IOException | RuntimeException e) {
                fresh.close();
                throw e;
            }
        } catch (SocketTimeoutException | RuntimeException e) {
            // An exception of the latter kind is how junixsocket reports that a connect took too long.
            throw late("accept a connection", patience, e);
        }
    }

    /** Returns the process that listens. */
    public int peerProcess() throws IOException {
        return (int) socket.getPeerCredentials().getPid();
    }

    /** Returns the user whose process listens, where it is another one than that of this process and not root. */
    public OptionalLong foreignUser() throws IOException {
        long user = socket.getPeerCredentials().getUid();
        OptionalLong own = ProcFiles.ofThisSystem().ownUser();
        return user <= 0 || own.equals(OptionalLong.of(user)) ? OptionalLong.empty() : OptionalLong.of(user);
    }

    /** Asks the kernel to take so many bytes that the server has not read. */
    public void askForSendBuffer(int bytes) throws IOException {
        socket.setSendBufferSize(bytes);
    }

    /**
     * Sends bytes as one write. After a failure a part of them may have been written, so that nothing can follow.
     *
     * @throws SocketTimeoutException when the server took nothing for as long as patience lasts
     */
    public void send(byte[] bytes) throws IOException {
        try {
            setTimeout(patienceMillis);
            socket.getOutputStream().write(bytes);
        } catch (SocketTimeoutException e) {
            throw late("read", patienceMillis, e);
        } catch (RuntimeException e) {
            throw new IOException(e.toString(), e);
        }
    }

    /**
     * Reads some bytes.
     *
     * @return how many; -1 when the server has closed the connection
     * @throws SocketTimeoutException when none came until the deadline
     */
    public int read(byte[] into, int from, int most, long deadlineNanos) throws IOException {
        long rest = deadlineNanos - System.nanoTime();
        if (rest <= 0) {
            throw new SocketTimeoutException("no answer");
        }
        try {
            setTimeout(millis(rest));
            return socket.getInputStream().read(into, from, most);
        } catch (RuntimeException e) {
            throw new IOException(e.toString(), e);
        }
    }

    private void setTimeout(int millis) throws IOException {
        if (millis != timeoutMillis) {
            socket.setSoTimeout(millis);
            timeoutMillis = millis;
        }
    }

    /** A timeout of 0 would be none. */
    private static int millis(long nanos) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    private static SocketTimeoutException late(String what, int millis, Exception cause) {
        SocketTimeoutException late = new SocketTimeoutException(
                "the server did not " + what + " for " + Wording.time(Duration.ofMillis(millis)));
        late.initCause(cause);
        return late;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException | RuntimeException ignored) {
            // The descriptor is gone in any case.
        }
    }
}

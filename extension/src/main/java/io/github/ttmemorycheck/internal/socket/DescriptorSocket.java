package io.github.ttmemorycheck.internal.socket;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.FileDescriptorAccess;

/**
 * A connection of two processes of this machine that carries open files besides bytes: what one side has open, the
 * other gets open. It has a name, and no file, so that nothing is left of it. Not thread-safe.
 */
public final class DescriptorSocket implements AutoCloseable {

    /** Files sent at once: junixsocket has room for 256 bytes of them, and of what stands around them. */
    private static final int MOST_AT_ONCE = 32;

    /** Room for so many, and for what stands around them. */
    private static final int ANCILLARY_BYTES = 256;

    private static final int LOOK_MILLIS = 100;

    private final AFUNIXSocket socket;

    private DescriptorSocket(AFUNIXSocket socket) {
        this.socket = socket;
    }

    /** Where one process waits for another one. */
    public static final class Meeting implements AutoCloseable {

        private final AFUNIXServerSocket listener;
        private final String name;

        /** Opens one under a name that nobody else has. */
        public Meeting() throws IOException {
            name = "tt-allocation-server-"
                    + Long.toString(new SplittableRandom().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
            listener = AFUNIXServerSocket.bindOn(AFUNIXSocketAddress.inAbstractNamespace(name));
        }

        public String name() {
            return name;
        }

        /**
         * Waits for one process, and lets nobody else in.
         *
         * @param goesOn whether that process can still come
         * @throws SocketTimeoutException when it has not come by a time of {@link System#nanoTime}
         * @throws EOFException when it cannot come any more
         */
        public DescriptorSocket await(long processId, BooleanSupplier goesOn, long deadlineNanos) throws IOException {
            listener.setSoTimeout(LOOK_MILLIS);
            while (goesOn.getAsBoolean()) {
                int left = millisUntil(deadlineNanos);
                try {
                    AFUNIXSocket one = listener.accept();
                    if (one.getPeerCredentials().getPid() == processId) {
                        one.setSoTimeout(left);
                        return new DescriptorSocket(one);
                    }
                    one.close();
                } catch (SocketTimeoutException notYet) {
                    // The next turn finds out whether there is time left.
                }
            }
            throw new EOFException("it ended before it could take anything");
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    /** Connects to where another process waits; no reading or writing takes longer than {@code millis}. */
    public static DescriptorSocket connect(String name, int millis) throws IOException {
        AFUNIXSocket socket = AFUNIXSocket.newInstance();
        socket.setAncillaryReceiveBufferSize(ANCILLARY_BYTES);
        socket.setSoTimeout(millis);
        socket.connect(AFUNIXSocketAddress.inAbstractNamespace(name));
        return new DescriptorSocket(socket);
    }

    private static int millisUntil(long deadlineNanos) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("it was not ready in time");
        }
        return (int) left;
    }

    /** Sends what channels of junixsocket have open; they stay open here. */
    public void send(List<? extends Channel> files) throws IOException {
        for (int from = 0; from < files.size(); from += MOST_AT_ONCE) {
            List<? extends Channel> some = files.subList(from, Math.min(files.size(), from + MOST_AT_ONCE));
            FileDescriptor[] descriptors = new FileDescriptor[some.size()];
            for (int i = 0; i < descriptors.length; i++) {
                descriptors[i] = ((FileDescriptorAccess) some.get(i)).getFileDescriptor();
            }
            socket.setOutboundFileDescriptors(descriptors);
            output().write(1);
            // Each message is taken before the next is sent, so that none are joined.
            read();
        }
    }

    /**
     * Receives what {@link #send} sends, in its order; nothing may be read ahead before. What came is closed with this
     * socket.
     */
    public List<FileDescriptor> receive(int count) throws IOException {
        List<FileDescriptor> received = new ArrayList<>();
        while (received.size() < count) {
            read();
            FileDescriptor[] some = socket.getReceivedFileDescriptors();
            if (some == null || some.length == 0) {
                throw new IOException("no open files came where some were announced");
            }
            received.addAll(List.of(some));
            output().write(1);
        }
        return received;
    }

    private void read() throws IOException {
        if (input().read() < 0) {
            throw new EOFException("the other side has gone");
        }
    }

    public InputStream input() throws IOException {
        return socket.getInputStream();
    }

    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

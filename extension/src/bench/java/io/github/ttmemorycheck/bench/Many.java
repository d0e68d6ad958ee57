package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Allocates very many buffers, evenly on some devices, with large writes: only what is live afterwards matters. */
final class Many {

    private static final int LENGTH = 112;
    private static final int AT_ONCE = 512;
    private static final int TYPE = 0;
    private static final int DEVICE = 4;
    private static final int SIZE = 8;
    private static final int PROCESS = 20;
    private static final int BUFFER = 24;
    private static final int PAGE = 2048;

    private Many() {}

    /** Allocates over a connection of its own, which the caller closes when the buffers may go. */
    static SocketChannel allocate(Path socket, int buffers, int devices) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        ByteBuffer messages = ByteBuffer.allocateDirect(LENGTH * AT_ONCE).order(ByteOrder.LITTLE_ENDIAN);
        int process = (int) ProcessHandle.current().pid();
        for (int i = 0; i < buffers; ) {
            messages.clear();
            for (; i < buffers && messages.hasRemaining(); i++) {
                int at = messages.position();
                messages.put(at + TYPE, (byte) 1);
                messages.putInt(at + DEVICE, i % devices);
                messages.putLong(at + SIZE, PAGE);
                messages.putInt(at + PROCESS, process);
                messages.putLong(at + BUFFER, (1L + i / devices) * PAGE);
                messages.position(at + LENGTH);
            }
            messages.flip();
            while (messages.hasRemaining()) {
                channel.write(messages);
            }
        }
        return channel;
    }
}

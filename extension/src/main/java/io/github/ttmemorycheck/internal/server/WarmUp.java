package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageReader;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads and books something, and forgets it, so that the classes are loaded which that takes. They are files: a server
 * could not load them any more while no file can be opened, and would end by that.
 */
final class WarmUp {

    private WarmUp() {}

    static void run() {
        Objects.requireNonNull(Connection.Received.class);
        SocketBuffers.load();
        new Outbox(Channels.newChannel(OutputStream.nullOutputStream())).flush();
        EventBook book = filled();
        new PeerSession(book, 1).end();
        read(book);
        Sender sender = sender(book);
        ServerMark mark = book.mark(0);
        book.enter(event(MessageType.ALLOC, 1, 1), sender, 0);
        book.enter(event(MessageType.FREE, 1, 0), sender, 0);
        book.enter(event(MessageType.ALLOC, 2, 1), sender, 0);
        book.enter(event(MessageType.FREE, 2, 0), sender, 0);
        book.enter(event(MessageType.FREE, 2, 0), sender, 0);
        book.enter(event(MessageType.CB_FREE, 1, 1), sender, 0);
        sender.disconnect();
        Sender later = sender(book);
        book.enter(event(MessageType.ALLOC, 1, 3), later, 0);
        book.blindness().note("warming up", "");
        book.since(mark);
        book.deviceInfo(0);
        book.totals(0);
        book.registry().end(Set.of(later.process()));
        book.since(mark);
        book.registry().forget(mark);
        book.snapshot();
        book.notices().take();
    }

    /** Returns a book with a buffer and a circular buffer. */
    static EventBook filled() {
        EventBook book = new EventBook(ProcFiles.ofThisSystem(), mark -> {});
        Sender sender = sender(book);
        book.enter(event(MessageType.ALLOC, 1, 1), sender, 0);
        book.enter(event(MessageType.CB_ALLOC, 1, 2), sender, 0);
        return book;
    }

    private static Sender sender(EventBook book) {
        return Objects.requireNonNull(book.connected(1, 1));
    }

    private static ClientMessage event(MessageType type, long address, long size) {
        return new ClientMessage(type, 0, size, 0, 1, address, 0);
    }

    private static void read(EventBook book) {
        Sender sender = sender(book);
        MessageReader.Sink sink = new MessageReader.Sink() {
            @Override
            public void message(ClientMessage message) {
                book.enter(message, sender, 0);
            }

            @Override
            public void request(ClientMessage request, Generation generation) {
                MessageWriter.write(book.totals(0), generation);
            }

            @Override
            public void malformed(String reason, String hex) {
                book.countMalformed();
            }
        };
        MessageReader reader = new MessageReader();
        for (ClientMessage message : List.of(event(MessageType.ALLOC, 3, 1), event(MessageType.FREE, 3, 0))) {
            ByteBuffer buffer = ByteBuffer.allocate(1024);
            reader.begin(buffer);
            buffer.put(MessageWriter.write(message, Generation.G2)).flip();
            reader.take(buffer, sink);
        }
    }
}

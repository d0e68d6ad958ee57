package io.github.ttmemorycheck.samples.simulation;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Listens on a socket and books what is reported there, independently of the library's own server. It has no thread:
 * what was sent is in the socket already when the test asks, since a report returns when it is sent.
 */
final class ReportedMemory implements AutoCloseable {

    private static final int MESSAGE = 72;
    private static final int ALLOC = 1;
    private static final int FREE = 2;
    private static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.SYSTEM_MEMORY, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    record Block(int device, MemoryKind kind, long address, long size) {}

    private final ServerSocketChannel server;
    private final List<SocketChannel> clients = new ArrayList<>();
    private final ByteBuffer received = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private final Map<String, Block> blocks = new TreeMap<>();
    private final Map<Block, Integer> references = new HashMap<>();
    private final Map<Block, Integer> allocations = new HashMap<>();
    private int events;

    ReportedMemory(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        server.configureBlocking(false);
    }

    /** Returns everything that was allocated more often than freed. */
    List<Block> live() {
        drain();
        return List.copyOf(blocks.values());
    }

    /** Returns what is live of a kind on a device, in bytes. */
    long bytes(int device, MemoryKind kind) {
        return live().stream()
                .filter(block -> block.device() == device && block.kind() == kind)
                .mapToLong(Block::size)
                .sum();
    }

    int references(Block block) {
        drain();
        return references.getOrDefault(block, 0);
    }

    int allocations(Block block) {
        drain();
        return allocations.getOrDefault(block, 0);
    }

    /** Returns how many reports have come. */
    int events() {
        drain();
        return events;
    }

    private void drain() {
        try {
            for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
                client.configureBlocking(false);
                clients.add(client);
            }
            for (SocketChannel client : clients) {
                while (client.read(received) > 0) {
                    book();
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void book() {
        received.flip();
        while (received.hasRemaining()) {
            int at = received.position();
            if (received.get(at) == 0) {
                received.get();
            } else if (received.remaining() >= MESSAGE) {
                book(at);
                received.position(at + MESSAGE);
            } else {
                break;
            }
        }
        received.compact();
    }

    private void book(int at) {
        events++;
        int device = received.getInt(at + 4);
        long address = received.getLong(at + 24);
        String identity = device + "@" + Long.toHexString(address);
        switch (received.get(at)) {
            case ALLOC -> {
                MemoryKind kind = KINDS.get(received.get(at + 16));
                Block block = blocks.computeIfAbsent(
                        identity, unknown -> new Block(device, kind, address, received.getLong(at + 8)));
                references.merge(block, 1, Integer::sum);
                allocations.merge(block, 1, Integer::sum);
            }
            case FREE -> {
                Block block = blocks.get(identity);
                if (block == null) {
                    throw new AssertionError("free of an unknown buffer: " + identity);
                }
                if (references.merge(block, -1, Integer::sum) == 0) {
                    blocks.remove(identity);
                }
            }
            default -> throw new AssertionError("unexpected type of message: " + received.get(at));
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        server.close();
    }
}

package io.github.ttmemorycheck.internal.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the scripts of the tests do, where there is no Python: it writes the bytes by itself, with nothing of the main
 * code. Ends when its input does.
 */
final class PlainPeerProgram {

    private static final int PID = (int) ProcessHandle.current().pid();

    private PlainPeerProgram() {}

    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[1]);
        if (arguments[0].equals("client")) {
            client(path);
        } else if (arguments[0].equals("native")) {
            allocateForEachLine(path);
        } else {
            region(path);
        }
    }

    private static void client(Path socket) throws IOException {
        try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            send(peer, 1, 0, 12288, 0, 0x3FFFF800);
            send(peer, 1, 0, 4096, 1, 0x18B20);
            send(peer, 1, 5, 2048, 2, 0x1000);
            say(query(peer, 0) + " " + query(peer, 5));
            send(peer, 2, 0, 0, 0, 0x18B20);
            say(query(peer, 0));
            send(peer, 5, 0, 0, 0, 0);
            untilInputEnds();
        }
    }

    /** Allocates 4 KiB for each line of its input, at addresses that rise by as much. */
    private static void allocateForEachLine(Path socket) throws IOException {
        try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            say("connected");
            long address = 4096;
            for (int read = System.in.read(); read >= 0; read = System.in.read()) {
                if (read == '\n') {
                    send(peer, 1, 0, 4096, 0, address);
                    say("sent");
                    address += 4096;
                }
            }
        }
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void send(SocketChannel peer, int type, int device, long size, int kind, long id)
            throws IOException {
        ByteBuffer message = bytes(72).put(0, (byte) type).putInt(4, device).putLong(8, size);
        message.put(16, (byte) kind).putInt(20, PID).putLong(24, id);
        peer.write(message);
    }

    private static String query(SocketChannel peer, int device) throws IOException {
        send(peer, 3, device, 0, 0, 0);
        ByteBuffer answer = bytes(72);
        while (answer.hasRemaining() && peer.read(answer) >= 0) {
            // The rest comes.
        }
        return "(%d, %d, %d, %d)"
                .formatted(answer.getLong(40), answer.getLong(48), answer.getLong(56), answer.getLong(64));
    }

    private static void region(Path file) throws IOException {
        ByteBuffer region = bytes(8576).putInt(0, 4).putInt(4, 1).putLong(8, 1_700_000_000_000_000_000L);
        region.putLong(32, 77).putInt(40, 6);
        for (int figure = 0; figure < 5; figure++) {
            region.putLong(48 + 8 * figure, 1L << 40);
            region.putLong(856 + 63 * 120 + 8 + 8 * figure, 1024L * (figure + 1));
        }
        for (int chip = 0; chip < 16; chip++) {
            region.putInt(88 + 48 * chip, 0xffff_ffff).putLong(88 + 48 * chip + 8, 1L << 40);
        }
        region.putInt(856 + 63 * 120, PID).putLong(856 + 63 * 120 + 48, 1);
        region.put(856 + 63 * 120 + 56, "golden".getBytes(StandardCharsets.UTF_8));
        byte[] written = new byte[region.capacity()];
        region.putInt(8536, 0x52454459).get(0, written);
        Files.write(file, written);
        say("written");
        untilInputEnds();
    }

    private static void say(String line) throws IOException {
        new FileOutputStream(FileDescriptor.out).write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void untilInputEnds() throws IOException {
        while (System.in.read() >= 0) {
            // Whatever comes does not matter.
        }
    }
}

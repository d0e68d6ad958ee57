package io.github.ttmemorycheck.internal.attach;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A third-party allocation server, with the faults that such servers are known to have. It uses the JDK alone, so
 * that it runs from its source too.
 *
 * <pre>
 * usage: SOCKET LENGTH [silent-info] [late=MILLIS [late-at=QUERY]] [die-after=QUERIES] [stop-after=QUERIES] [devices=N] [slow=MILLIS] [exact] [replace]
 *        hold SOCKET LENGTH DEVICES TYPE ID SIZE
 * </pre>
 */
public final class ThirdPartyServerProgram {

    private static final int HELD = 8;
    private static final int FIRST_WITH_CIRCULAR_BUFFERS = 128;
    private static final int HEADER = 32;
    private static final int DIED_OF_SIGPIPE = 141;
    private static final int DIED_OF_SIGSEGV = 139;
    private static final int LISTED = 10;
    private static final int SIGNIFICANT_DIGITS = 6;
    private static final List<String> KINDS = List.of("DRAM", "L1", "SYSTEM_MEMORY", "L1_SMALL", "TRACE");

    private record Id(int device, long address) implements Comparable<Id> {
        @Override
        public int compareTo(Id other) {
            return device != other.device
                    ? Integer.compare(device, other.device)
                    : Long.compareUnsigned(address, other.address);
        }
    }

    private record Entry(long size, int type, int references, int process) {}

    private final int length;
    private final Map<String, String> options;
    private final TreeMap<Id, Entry> live = new TreeMap<>();
    private final long[][] totals = new long[HELD][7];
    private long queries;

    private ThirdPartyServerProgram(int length, Map<String, String> options) {
        this.length = length;
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("hold")) {
            hold(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        Map<String, String> options = new HashMap<>();
        for (String option : Arrays.copyOfRange(arguments, 2, arguments.length)) {
            options.put(option.split("=", 2)[0], option.replaceFirst("^[^=]*=?", ""));
        }
        new ThirdPartyServerProgram(Integer.parseInt(arguments[1]), options).listen(Path.of(arguments[0]));
    }

    private void listen(Path path) throws IOException {
        if (options.containsKey("replace")) {
            Files.deleteIfExists(path);
        }
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path), 16);
            say("listening");
            while (true) {
                SocketChannel peer = listener.accept();
                new Thread(() -> serve(peer)).start();
            }
        }
    }

    private static synchronized void say(String text) {
        try {
            FileOutputStream out = new FileOutputStream(FileDescriptor.out);
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As by a signal, with the reason for the test that is surprised. */
    private static void die(int code, String why) {
        try {
            new FileOutputStream(FileDescriptor.err).write(("fault: " + why + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException nobodyReadsIt) {
            code = DIED_OF_SIGSEGV;
        }
        Runtime.getRuntime().halt(code);
    }

    private void serve(SocketChannel peer) {
        boolean cut = false;
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try (peer) {
            while (read(peer, message.clear())) {
                if (cut) {
                    die(DIED_OF_SIGSEGV, "a message follows one of another length on the same connection");
                }
                cut = message.flip().remaining() != length;
                if (message.remaining() < HEADER || message.get(0) < 1 || message.get(0) > 12 || gap(message) != 0) {
                    die(DIED_OF_SIGSEGV, "the stream is misread");
                }
                int device = message.getInt(4);
                if (device < (message.get(0) == 6 ? -1 : 0) || device >= HELD) {
                    die(DIED_OF_SIGSEGV, "device " + device);
                }
                if (message.get(0) != 3) {
                    spin(option("slow", 0));
                }
                take(peer, message, device);
            }
        } catch (IOException reset) {
            return; // the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes what comes for a message, or waits for all of it. */
    private boolean read(SocketChannel peer, ByteBuffer message) throws IOException {
        int got;
        do {
            got = peer.read(message);
        } while (got > 0 && message.hasRemaining() && options.containsKey("exact"));
        return got > 0;
    }

    /** As a server that has much to do: it is busy, and waits for nothing. */
    private static void spin(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
    }

    private static int gap(ByteBuffer message) {
        return message.getInt(0) & ~0xff;
    }

    private synchronized void take(SocketChannel peer, ByteBuffer message, int device)
            throws IOException, InterruptedException {
        switch (message.get(0)) {
            case 3 -> {
                queries++;
                misbehave();
                answer(peer, response(device));
            }
            case 5 -> dump();
            case 6 -> {
                if (length == 72) {
                    die(DIED_OF_SIGSEGV, "DEVICE_INFO_QUERY to a server of 72 bytes");
                }
                if (!options.containsKey("silent-info")) {
                    answer(peer, description(device));
                }
            }
            default ->
                event(
                        message.get(0),
                        device,
                        message.getLong(8),
                        message.get(16),
                        message.getInt(20),
                        message.getLong(24));
        }
    }

    private static void answer(SocketChannel peer, ByteBuffer answer) {
        try {
            peer.write(answer);
        } catch (IOException closed) {
            die(DIED_OF_SIGPIPE, "SIGPIPE: " + closed);
        }
    }

    private long option(String name, long otherwise) {
        return options.containsKey(name) ? Long.parseLong(options.get(name)) : otherwise;
    }

    private void misbehave() throws IOException, InterruptedException {
        if (queries > option("die-after", Long.MAX_VALUE)) {
            die(DIED_OF_SIGSEGV, "so it was asked to");
        }
        if (queries > option("stop-after", Long.MAX_VALUE)) {
            String self = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-STOP", self).start().waitFor();
            new CountDownLatch(1).await(); // the signal may take a moment
        }
        if (options.containsKey("late") && queries == option("late-at", 3)) {
            new CountDownLatch(1).await(option("late", 0), TimeUnit.MILLISECONDS);
        }
    }

    private void event(int kind, int device, long size, int type, int process, long address) {
        Id id = new Id(device, address);
        Entry known = live.get(id);
        if (kind >= 8) {
            totals[device][kind < 10 ? 5 : 6] += kind % 2 == 0 ? size : -size;
        } else if (kind == 1) {
            if (known == null) {
                live.put(id, new Entry(size, type, 1, process));
                totals[device][type] += size;
            } else {
                live.put(id, new Entry(known.size, known.type, known.references + 1, known.process));
            }
            say("✓ [PID %d] Allocated %d bytes of %s on device %d (buffer_id=0x%x)"
                    .formatted(process, size, KINDS.get(type), device, address));
        } else if (known == null) {
            say("  [PID %d] Freed buffer 0x%x on device %d, allocated before tracking started"
                    .formatted(process, address, device));
        } else if (known.references > 1) {
            live.put(id, new Entry(known.size, known.type, known.references - 1, known.process));
        } else {
            live.remove(id);
            totals[device][known.type] -= known.size;
            say("✗ [PID %d] Freed buffer 0x%x on device %d (%d bytes, FINAL)"
                    .formatted(process, address, device, known.size));
        }
    }

    /** Takes out what belongs to processes that have ended; a zombie counts as alive. */
    private void sweep() {
        live.entrySet().removeIf(entry -> {
            boolean ended = Files.notExists(Path.of("/proc", Integer.toString(entry.getValue().process)));
            if (ended) {
                totals[entry.getKey().device][entry.getValue().type] -= entry.getValue().size;
            }
            return ended;
        });
    }

    private void dump() {
        sweep();
        say("╔" + "═".repeat(40) + "╗\n║  REMAINING ALLOCATED BUFFERS  ║\n╚" + "═".repeat(40) + "╝");
        if (live.isEmpty()) {
            say("✓ No buffers remaining - perfect cleanup!");
            return;
        }
        say("Total tracked allocations: " + live.size());
        for (int device = 0; device < HELD; device++) {
            for (int type = 0, said = 0; type < KINDS.size(); type++) {
                List<Map.Entry<Id, Entry>> of = buffers(device, type);
                if (!of.isEmpty()) {
                    if (said++ == 0) {
                        say("\nDevice " + device + ":");
                    }
                    list(KINDS.get(type), of);
                }
            }
        }
        say("\nTotal remaining buffers: " + live.size());
    }

    private List<Map.Entry<Id, Entry>> buffers(int device, int type) {
        List<Map.Entry<Id, Entry>> found = new ArrayList<>(live.entrySet());
        found.removeIf(entry -> entry.getKey().device != device || entry.getValue().type != type);
        return found;
    }

    private static void list(String kind, List<Map.Entry<Id, Entry>> buffers) {
        long bytes = buffers.stream().mapToLong(entry -> entry.getValue().size).sum();
        say("  %s: %d buffers, %s MB total".formatted(kind, buffers.size(), digits(bytes / 1048576.0)));
        // Lines of other connections' events come between.
        say("✓ [PID 1] Allocated 1 bytes of L1 on device 7 (buffer_id=123)");
        if (buffers.size() <= LISTED) {
            for (Map.Entry<Id, Entry> buffer : buffers) {
                Entry entry = buffer.getValue();
                say("    - Buffer 0x%x: %s KB (PID %d, ref_count=%d)"
                        .formatted(
                                buffer.getKey().address, digits(entry.size / 1024.0), entry.process, entry.references));
            }
        }
    }

    /** A number as C++ prints it by default: six significant digits, with an exponent where it is large or small. */
    private static String digits(double number) {
        if (number == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(SIGNIFICANT_DIGITS));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < SIGNIFICANT_DIGITS) {
            return rounded.stripTrailingZeros().toPlainString();
        }
        String mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return mantissa + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private ByteBuffer answer(int type, int device) {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0, (byte) type)
                .putInt(4, device);
    }

    private ByteBuffer response(int device) {
        long[] held = totals[device];
        ByteBuffer answer = answer(4, device);
        answer.putLong(40, held[0]).putLong(48, held[1]).putLong(56, held[2] + held[3]);
        answer.putLong(64, held[4]);
        if (length >= FIRST_WITH_CIRCULAR_BUFFERS) {
            answer.putLong(72, held[5]).putLong(80, held[6]);
        }
        return answer;
    }

    private ByteBuffer description(int device) {
        ByteBuffer answer = answer(7, device).position(length == 112 ? 72 : 88);
        answer.putLong(12L << 30).putLong(96L << 20);
        answer.putInt(2).putInt(12).putInt(1 << 30).putInt(1464 << 10).putInt(1);
        return answer.putInt((int) option("devices", HELD)).rewind();
    }

    /** A client that allocates on some devices and keeps it until its input ends. */
    private static void hold(String[] words) throws IOException {
        int length = Integer.parseInt(words[1]);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(words[0]))) {
            for (String device : words[2].split(",", -1)) {
                ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
                message.put(0, (byte) 1).putInt(4, Integer.parseInt(device)).putLong(8, Long.parseLong(words[5]));
                message.put(16, Byte.parseByte(words[3]));
                message.putInt(20, (int) ProcessHandle.current().pid()).putLong(24, Long.parseLong(words[4]));
                client.write(message);
            }
            ByteBuffer query = ByteBuffer.allocate(length).put(0, (byte) 3);
            client.write(query);
            client.read(query.clear());
            say("held");
            while (System.in.read() >= 0) {
                // Whatever comes does not matter.
            }
        }
    }
}

package io.github.ttmemorycheck.client;

import static org.apiguardian.api.API.Status.STABLE;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.sites.AllocationSites;
import io.github.ttmemorycheck.internal.sites.FreeWitness;
import io.github.ttmemorycheck.internal.wire.BufferType;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apiguardian.api.API;

/**
 * Reports allocations of device memory to a tracker, as the runtime's own client does: for bindings that allocate from
 * Java, and for simulated devices.
 *
 * <pre>{@code
 * try (AllocationClient client = AllocationClient.connect()) {
 *     client.allocate(0, MemoryKind.DRAM, 0x3ffff800L, 12_288);
 *     client.free(0, 0x3ffff800L);
 * }
 * }</pre>
 *
 * <p>The connection is made at the first event. An event that cannot be delivered, since nobody listens or the
 * connection broke, is never an error for the caller: it is counted in {@link #undelivered()}, a warning is logged once
 * for each outage, and later events try to connect again. What a server had not read when it died is not counted.
 *
 * <p>Device numbers may be any number. Addresses and sizes are unsigned 64-bit numbers, sizes in bytes.
 *
 * <p>Thread-safe: each event is one write under a lock, so events of several threads arrive whole, in the order in
 * which their calls took the lock. A call returns when the operating system has taken the event. Against a server that
 * does not read it waits up to 5 seconds; the connection then counts as broken, and for 10 seconds events are only
 * counted.
 */
@API(status = STABLE, since = "0.1")
public final class AllocationClient implements AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Path socket;
    private final Generation generation;
    private final int processId;
    private final InstantSource clock;
    private final EventDelivery delivery;

    private AllocationClient(Builder builder) {
        socket = builder.socket;
        generation = builder.generation;
        processId = builder.processId;
        clock = builder.clock;
        delivery = new EventDelivery(socket, builder.patience, builder.ticker, builder.warnings);
    }

    /**
     * Makes a client of the tracker at the runtime's own socket, {@code /tmp/tt_allocation_server.sock}.
     *
     * @return a client that connects at its first event
     */
    public static AllocationClient connect() {
        return builder().build();
    }

    /**
     * Makes a client of the tracker at a socket.
     *
     * @param socket the path of a Unix socket, at most 106 bytes long
     * @return a client that connects at its first event
     * @throws IllegalArgumentException when the path is too long
     */
    public static AllocationClient connect(Path socket) {
        return builder().socket(socket).build();
    }

    /**
     * Starts to describe a client.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reports that memory was allocated. {@link MemoryKind#CIRCULAR_BUFFER} and {@link MemoryKind#KERNEL} are reported
     * apart from buffers, as a circular buffer and as an application's kernel.
     *
     * @param device the logical device number
     * @param kind what was allocated
     * @param address its address on the device; the program's run-time number for a kernel
     * @param size bytes
     * @throws IllegalArgumentException when messages of this client's length have no such kind
     * @throws IllegalStateException after {@link #close()}
     */
    public void allocate(int device, MemoryKind kind, long address, long size) {
        AllocationSites.allocated(processId, device, kind, address);
        boolean delivered = switch (kind) {
            case CIRCULAR_BUFFER -> report(MessageType.CB_ALLOC, device, address, size);
            case KERNEL -> report(MessageType.KERNEL_LOAD, device, address, size);
            default -> allocateBuffer(device, BufferType.of(kind), address, size);
        };
        if (!delivered) {
            AllocationSites.freed(processId, device, kind, address);
        }
    }

    private boolean allocateBuffer(int device, int type, long address, long size) {
        Instant now = clock.instant();
        long ticks = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
        return send(new ClientMessage(MessageType.ALLOC, device, size, type, processId, address, ticks));
    }

    /**
     * Reports that a buffer was freed: anything but circular buffers and kernels.
     *
     * @param device the logical device number
     * @param address the buffer's address on the device
     * @throws IllegalStateException after {@link #close()}
     */
    public void free(int device, long address) {
        AllocationSites.freed(processId, device, MemoryKind.DRAM, address);
        FreeWitness.freed(device, MemoryKind.DRAM, address);
        report(MessageType.FREE, device, address, 0);
    }

    /**
     * Reports that a circular buffer was freed.
     *
     * @param device the logical device number
     * @param address the buffer's address on the device
     * @param size bytes
     * @throws IllegalArgumentException when messages of this client's length know no circular buffers
     * @throws IllegalStateException after {@link #close()}
     */
    public void freeCircularBuffer(int device, long address, long size) {
        AllocationSites.freed(processId, device, MemoryKind.CIRCULAR_BUFFER, address);
        FreeWitness.freed(device, MemoryKind.CIRCULAR_BUFFER, address);
        report(MessageType.CB_FREE, device, address, size);
    }

    /**
     * Reports that a circular buffer was freed whose address is not known; the runtime then sends address 0.
     *
     * @param device the logical device number
     * @param size bytes
     * @throws IllegalArgumentException when messages of this client's length know no circular buffers
     * @throws IllegalStateException after {@link #close()}
     */
    public void freeCircularBuffer(int device, long size) {
        freeCircularBuffer(device, 0, size);
    }

    /**
     * Reports that a program's kernels were unloaded.
     *
     * @param device the logical device number
     * @param program the program's run-time number
     * @param size bytes
     * @throws IllegalArgumentException when messages of this client's length know no kernels
     * @throws IllegalStateException after {@link #close()}
     */
    public void unloadKernel(int device, long program, long size) {
        AllocationSites.freed(processId, device, MemoryKind.KERNEL, program);
        FreeWitness.freed(device, MemoryKind.KERNEL, program);
        report(MessageType.KERNEL_UNLOAD, device, program, size);
    }

    /**
     * Asks the tracker to print what is allocated, in its own log. There is no answer.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public void requestDump() {
        send(ClientMessage.request(MessageType.DUMP_REMAINING, 0));
    }

    /**
     * Returns how many events and requests could not be delivered so far.
     *
     * @return their number; also after {@link #close()}
     */
    public long undelivered() {
        return delivery.undelivered();
    }

    /**
     * Returns where this client reports to.
     *
     * @return the path of the tracker's socket
     */
    public Path socket() {
        return socket;
    }

    /** Closes the connection, if there is one. What was sent before still arrives. A second call does nothing. */
    @Override
    public void close() {
        delivery.close();
    }

    private boolean report(MessageType type, int device, long address, long size) {
        return send(new ClientMessage(type, device, size, 0, processId, address, 0));
    }

    private boolean send(ClientMessage message) {
        MessageType type = message.type();
        if (!generation.knows(type)) {
            throw new IllegalArgumentException("messages of " + generation.length() + " bytes have no " + type
                    + ", which needs " + type.since().length() + " bytes or more: build the AllocationClient with"
                    + " messageLength(" + Generation.G4.length() + ")");
        }
        return delivery.deliver(MessageWriter.write(message, generation));
    }

    @Override
    public String toString() {
        return "AllocationClient[" + socket + ", " + generation.length() + " bytes]";
    }

    /** Describes a client. Not thread-safe. */
    public static final class Builder {

        private Path socket = TrackerSocket.DEFAULT;
        private Generation generation = Generation.G4;
        private int processId = Math.toIntExact(ProcessHandle.current().pid());

        // Tests replace these four.
        InstantSource clock = InstantSource.system();
        LongSupplier ticker = System::nanoTime;
        Duration patience = Duration.ofMillis(2500);

        // The logger is made when there is something to say: without a backend, SLF4J prints to the console then.
        Consumer<String> warnings =
                text -> Log.of(AllocationClient.class.getName()).warn(text);

        private Builder() {}

        /**
         * Sets where the tracker listens. The default is {@code /tmp/tt_allocation_server.sock}, where the runtime's
         * own client connects.
         *
         * @param path the path of a Unix socket, at most 106 bytes long; nobody need listen there yet
         * @return this
         * @throws IllegalArgumentException when the path is too long, or not of the default file system
         */
        public Builder socket(Path path) {
            if (!path.getFileSystem().equals(FileSystems.getDefault())) {
                throw new IllegalArgumentException("a Unix socket is a file of the operating system, and " + path
                        + " belongs to " + path.getFileSystem());
            }
            int length = TrackerSocket.lengthOf(path);
            if (length > TrackerSocket.LONGEST_PATH) {
                throw new IllegalArgumentException("the path of a Unix socket has at most " + TrackerSocket.LONGEST_PATH
                        + " bytes, and " + path + " has " + length + "; choose a shorter one");
            }
            this.socket = path;
            return this;
        }

        /**
         * Sets the length of the messages, by which the generations of the protocol differ. The default is
         * 144 bytes, the newest.
         *
         * @param bytes 72, 112, 128 or 144; circular buffers and kernels need 128 or 144
         * @return this
         * @throws IllegalArgumentException when there are no messages of that length
         */
        public Builder messageLength(int bytes) {
            for (Generation known : Generation.values()) {
                if (known.length() == bytes) {
                    this.generation = known;
                    return this;
                }
            }
            throw new IllegalArgumentException(
                    "messageLength must be 72, 112, 128 or 144 (bytes), not " + bytes + "; the default is 144");
        }

        /**
         * Sets the process that the tracker books allocations for. The default is this one.
         *
         * @param pid a process id, 1 or more
         * @return this
         * @throws IllegalArgumentException when it is no process id
         */
        public Builder processId(int pid) {
            if (pid < 1) {
                throw new IllegalArgumentException("processId must be 1 or more, not " + pid);
            }
            this.processId = pid;
            return this;
        }

        /**
         * Makes the client. It connects at its first event.
         *
         * @return a client; to be closed
         */
        public AllocationClient build() {
            return new AllocationClient(this);
        }
    }
}

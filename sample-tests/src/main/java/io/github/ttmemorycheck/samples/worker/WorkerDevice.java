package io.github.ttmemorycheck.samples.worker;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mesh of devices in a worker process. Thread-safe, as far as the worker is asked one thing at a time.
 *
 * <p>The worker says in its first line what it is: {@code hello ttnn ...} with real devices, or {@code hello wire ...}
 * where it only reports over the socket what it would allocate, and why.
 */
public final class WorkerDevice implements Mesh {

    /** Compiling an operation on real devices takes a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String ON_HARDWARE = "hello ttnn";
    private static final String TRACKING = "TT_ALLOC_TRACKING_ENABLED";
    private static final Logger LOG = LoggerFactory.getLogger(WorkerDevice.class);

    private final WorkerProcess worker;
    private final String greeting;
    private final int devices;
    private volatile boolean closed;

    private WorkerDevice(WorkerProcess worker, String greeting, int devices) {
        this.worker = worker;
        this.greeting = greeting;
        this.devices = devices;
    }

    /**
     * Starts a worker and opens its devices.
     *
     * @param command what to start
     * @param environment what is added to its environment
     * @param socket where it reports to, if it does so by itself; a runtime reports to its own path
     * @param hardware whether it must have real devices
     * @return the open mesh
     * @throws IllegalStateException when the worker does not start, or has no real devices where it must
     */
    public static WorkerDevice open(
            WorkerCommand command, Map<String, String> environment, Path socket, boolean hardware) {
        List<String> line = new ArrayList<>(command.command());
        line.add(socket.toAbsolutePath().toString());
        Map<String, String> tracking = new HashMap<>(Map.of(TRACKING, "1"));
        tracking.putAll(environment);
        WorkerProcess worker = WorkerProcess.start(line, tracking, PATIENCE);
        try {
            String greeting = worker.greeting();
            LOG.info("{}: {}, says: {}", worker, command.reason(), greeting);
            if (hardware && !greeting.startsWith(ON_HARDWARE)) {
                throw new IllegalStateException("the samples are to run on real devices, and " + worker + " has none ("
                        + command.reason() + "; it says: " + greeting + "); install ttnn for that Python, name another"
                        + " with -D" + WorkerCommand.PYTHON_PROPERTY
                        + "=PATH, or drop -Phardware to run on a simulation");
            }
            return new WorkerDevice(worker, greeting, Integer.parseInt(worker.ask("open")));
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    /**
     * Returns the process of the worker.
     *
     * @return the process, to be looked at or killed
     */
    public Process process() {
        return worker.process();
    }

    /**
     * Tells whether the devices are real.
     *
     * @return true when the worker uses {@code ttnn}
     */
    public boolean isHardware() {
        return greeting.startsWith(ON_HARDWARE);
    }

    @Override
    public int devices() {
        return devices;
    }

    @Override
    public MeshTensor tensor(MemoryKind kind, long bytesPerDevice) {
        return new WorkerTensor(worker.ask("tensor " + kind + " " + bytesPerDevice + " all"), bytesPerDevice);
    }

    @Override
    public MeshTensor tensorOn(int device, MemoryKind kind, long bytes) {
        return new WorkerTensor(worker.ask("tensor " + kind + " " + bytes + " " + device), bytes);
    }

    @Override
    public MeshTensor add(MeshTensor left, MeshTensor right) {
        return run("add", left, right);
    }

    @Override
    public MeshTensor matmul(MeshTensor left, MeshTensor right) {
        return run("matmul", left, right);
    }

    private MeshTensor run(String operation, MeshTensor left, MeshTensor right) {
        String result = worker.ask(operation + " " + number(left) + " " + number(right));
        return new WorkerTensor(result, left.bytesPerDevice());
    }

    private String number(MeshTensor tensor) {
        if (tensor instanceof WorkerTensor ours && ours.mesh() == this) {
            return ours.number;
        }
        throw new IllegalArgumentException("an operand must be a tensor of " + worker + ", not the " + tensor);
    }

    // tag::answers[]
    // Required: the program cache.

    @Override
    public void enableProgramCache() {
        worker.ask("cache enable");
    }

    @Override
    public void clearProgramCache() {
        worker.ask("cache clear");
    }

    @Override
    public void disableAndClearProgramCache() {
        worker.ask("cache disable");
    }

    @Override
    public long numProgramCacheEntries() {
        return Long.parseLong(worker.ask("cache entries"));
    }

    // Optional: whose it is, and what its allocator knows. An older ttnn does not tell all of it.

    @Override
    public List<Integer> deviceIds() {
        return IntStream.range(0, devices).boxed().toList();
    }

    @Override
    public OptionalLong processId() {
        return OptionalLong.of(worker.process().pid());
    }

    @Override
    public OptionalLong traceBuffersSize() {
        String bytes = worker.ask("traces");
        return bytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(bytes));
    }

    @Override
    public Optional<List<AllocatedBuffer>> allocatedBuffers() {
        String answer = worker.ask("buffers");
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(Stream.of(answer.split(" ", -1))
                        .skip(1)
                        .map(WorkerDevice::buffer)
                        .toList());
    }

    private static AllocatedBuffer buffer(String text) {
        String[] parts = text.split(":", -1);
        return new AllocatedBuffer(
                Integer.parseInt(parts[0]),
                MemoryKind.valueOf(parts[1]),
                Long.parseUnsignedLong(parts[2]),
                Long.parseLong(parts[3]));
    }

    @Override
    public Optional<MemoryView> memoryView(MemoryKind kind) {
        String answer = worker.ask("view " + kind);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        long[] figures =
                Stream.of(answer.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return Optional.of(new MemoryView((int) figures[0], figures[1], figures[2], figures[3], figures[4]));
    }

    // Needed by whoever closes a device: after it, nothing is asked any more.

    /** Tells whether the devices can be used: not once they are closed, or their worker is gone. */
    @Override
    public boolean isOpen() {
        return !closed && worker.isAlive();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (worker.isAlive()) {
                worker.ask("close");
            }
        } finally {
            worker.close();
        }
    }
    // end::answers[]

    @Override
    public String toString() {
        return (isHardware() ? "mesh of " : "SIMULATED mesh of ") + devices + " devices of " + worker;
    }

    private final class WorkerTensor implements MeshTensor {

        private final String number;
        private final long bytes;
        private boolean held = true;

        WorkerTensor(String number, long bytes) {
            this.number = number;
            this.bytes = bytes;
        }

        WorkerDevice mesh() {
            return WorkerDevice.this;
        }

        @Override
        public long bytesPerDevice() {
            return bytes;
        }

        @Override
        public void deallocate() {
            worker.ask("free " + number);
            held = false;
        }

        @Override
        public void close() {
            if (held && isOpen()) {
                deallocate();
            }
        }

        @Override
        public String toString() {
            return "tensor " + number + " of the " + WorkerDevice.this;
        }
    }
}

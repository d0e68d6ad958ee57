package io.github.ttmemorycheck.samples.simulation;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SIMULATION of a mesh of 2 x 4 devices. It computes nothing; it allocates and frees as a real mesh was seen to do,
 * and reports that to an allocation server over its socket.
 *
 * <p>Measured on a real mesh, and simulated with these figures when {@code add} runs before {@code matmul}:
 *
 * <ul>
 *   <li>{@code add} loads 12 KiB of kernel binary into the DRAM of each device, at 0x3FFFF800, {@code matmul} 24 KiB at
 *       0x3FFFF000. Each load allocates twice, the buffer and a view, and frees the view. The program cache keeps both
 *       until it is cleared.
 *   <li>Circular buffers are in the L1 of device 0 alone, and stay until the device is closed, since their frees carry
 *       no address: 4 KiB at 0x18B20, 4 KiB at 0x19B20, 2 KiB at 0x1AB20. Another 2 KiB at 0x1B320 are <em>not</em>
 *       measured one by one, but filled up to the 12 KiB that were measured in all.
 * </ul>
 *
 * <p>Not measured but chosen: where tensors and traces lie, and the size of a trace. One process should have one mesh
 * open at a time: a second one would use the same devices and addresses.
 *
 * <p>Thread-safe: one lock guards the mesh, its chips, its programs and its tensors. Reports are sent while it is held,
 * so they arrive in the order of the calls, as the runtime's own do.
 */
public final class SimulatedMeshDevice implements Mesh {

    /** How many devices the mesh has, numbered from 0. */
    public static final int DEVICES = 8;

    /** How much TRACE memory a captured trace takes on each device, in bytes: 64 KiB, a chosen figure. */
    public static final long TRACE_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedMeshDevice.class);

    private final Object lock = new Object();
    private final Path socket;
    private final AllocationClient client;
    private final List<SimulatedChip> chips;
    private final SimulatedProgramCache programs;
    private final GarbageReleases garbage;
    private final List<Long> trace = new ArrayList<>();
    private final MemoryKind traces;
    private boolean open = true;

    private SimulatedMeshDevice(Path socket, Set<SimulationOption> options) {
        this.socket = socket;
        this.client = AllocationClient.builder().socket(socket).build();
        // Where regions are written a server is not needed, and that none listens is not worth a warning.
        boolean reports = !SimulatedRegions.get().areWritten() || Files.exists(socket);
        this.chips = IntStream.range(0, DEVICES)
                .mapToObj(number -> new SimulatedChip(number, reports ? client : null))
                .toList();
        this.programs = new SimulatedProgramCache(chips, options);
        this.garbage = new GarbageReleases(options, this::free);
        this.traces = options.contains(SimulationOption.TRACES_IN_DRAM) ? MemoryKind.DRAM : MemoryKind.TRACE;
    }

    /**
     * Opens a mesh that reports to the socket named by the system property {@value TtMemoryCheckSettings#SOCKET},
     * which is that of the setting, or else to {@link AllocationServer#DEFAULT_SOCKET}, where the runtime reports to.
     *
     * @param options how it differs from a well-behaved mesh
     * @return the open mesh, with its program cache enabled and empty
     */
    public static SimulatedMeshDevice open(SimulationOption... options) {
        String named = System.getProperty(TtMemoryCheckSettings.SOCKET);
        return open(named == null ? AllocationServer.DEFAULT_SOCKET : Path.of(named), options);
    }

    /**
     * Opens a mesh that reports to a socket. Nobody need listen there yet: the connection is made with the first
     * report.
     *
     * @param socket the path of the allocation server's socket
     * @param options how it differs from a well-behaved mesh
     * @return the open mesh, with its program cache enabled and empty
     */
    public static SimulatedMeshDevice open(Path socket, SimulationOption... options) {
        Set<SimulationOption> set = EnumSet.noneOf(SimulationOption.class);
        set.addAll(List.of(options));
        SimulatedMeshDevice mesh = new SimulatedMeshDevice(socket, set);
        LOG.info("opened a {}{}", mesh, set.isEmpty() ? "" : " with " + set);
        return mesh;
    }

    @Override
    public int devices() {
        return DEVICES;
    }

    /**
     * Allocates a tensor on all devices.
     *
     * @param kind {@link MemoryKind#DRAM} or {@link MemoryKind#L1}
     * @param bytesPerDevice its size on each device, 1 or more
     * @return the tensor, to be deallocated
     * @throws IllegalArgumentException when the kind or the size is another
     * @throws IllegalStateException when the mesh is closed or out of memory
     */
    @Override
    public SimulatedTensor tensor(MemoryKind kind, long bytesPerDevice) {
        synchronized (lock) {
            return allocate(0, DEVICES - 1, kind, bytesPerDevice);
        }
    }

    /**
     * Allocates a tensor on one device.
     *
     * @param device the number of the device, 0 to 7
     * @param kind {@link MemoryKind#DRAM} or {@link MemoryKind#L1}
     * @param bytes its size, 1 or more
     * @return the tensor, to be deallocated
     * @throws IllegalArgumentException when the device, the kind or the size is another
     * @throws IllegalStateException when the mesh is closed or out of memory
     */
    @Override
    public SimulatedTensor tensorOn(int device, MemoryKind kind, long bytes) {
        if (device < 0 || device >= DEVICES) {
            throw new IllegalArgumentException("a device of the " + this + " must be 0 to 7, not " + device);
        }
        synchronized (lock) {
            return allocate(device, device, kind, bytes);
        }
    }

    private SimulatedTensor allocate(int first, int last, MemoryKind kind, long bytes) {
        requireOpen("a tensor cannot be allocated");
        if (bytes < 1) {
            throw new IllegalArgumentException("the size of a tensor must be 1 byte or more, not " + bytes);
        }
        SortedMap<Integer, Long> addresses = new TreeMap<>();
        try {
            for (int device = first; device <= last; device++) {
                addresses.put(device, chips.get(device).allocateTensor(kind, bytes));
            }
        } catch (RuntimeException outOfMemory) {
            addresses.forEach((device, address) -> chips.get(device).free(address));
            throw outOfMemory;
        }
        return watched(new TensorMemory(kind, bytes, addresses));
    }

    private SimulatedTensor watched(TensorMemory memory) {
        SimulatedTensor tensor = new SimulatedTensor(this, memory);
        garbage.watch(tensor);
        return tensor;
    }

    SimulatedTensor view(SimulatedTensor tensor) {
        synchronized (lock) {
            requireHeld(tensor);
            TensorMemory memory = tensor.memory();
            memory.addresses().forEach((device, address) -> chips.get(device).share(address));
            return watched(new TensorMemory(memory.kind(), memory.bytesPerDevice(), new TreeMap<>(memory.addresses())));
        }
    }

    void deallocate(SimulatedTensor tensor) {
        synchronized (lock) {
            requireHeld(tensor);
            free(tensor.memory());
        }
    }

    void free(TensorMemory memory) {
        synchronized (lock) {
            if (open && memory.isHeld()) {
                memory.released();
                memory.addresses()
                        .forEach((device, address) -> chips.get(device).free(address));
            }
        }
    }

    /**
     * Runs {@code add}, which loads 12 KiB of kernel binary on each device unless its program is cached.
     *
     * @param left a tensor on all devices
     * @param right a tensor on all devices
     * @return the result, a tensor as large as {@code left}, to be deallocated
     * @throws IllegalArgumentException when a tensor is on one device only
     * @throws IllegalStateException when the mesh is closed or out of memory, or a tensor is deallocated
     */
    @Override
    public SimulatedTensor add(MeshTensor left, MeshTensor right) {
        return run(SimulatedOperation.ADD, left, right);
    }

    /**
     * Runs {@code matmul}, which loads 24 KiB of kernel binary on each device unless its program is cached.
     *
     * @param left a tensor on all devices
     * @param right a tensor on all devices
     * @return the result, a tensor as large as {@code left}, to be deallocated
     * @throws IllegalArgumentException when a tensor is on one device only
     * @throws IllegalStateException when the mesh is closed or out of memory, or a tensor is deallocated
     */
    @Override
    public SimulatedTensor matmul(MeshTensor left, MeshTensor right) {
        return run(SimulatedOperation.MATMUL, left, right);
    }

    private SimulatedTensor run(SimulatedOperation operation, MeshTensor left, MeshTensor right) {
        synchronized (lock) {
            MemoryKind kind = requireOperand(operation, left);
            requireOperand(operation, right);
            programs.run(operation, List.of(left.bytesPerDevice(), right.bytesPerDevice()));
            return allocate(0, DEVICES - 1, kind, left.bytesPerDevice());
        }
    }

    /**
     * Captures a trace: takes {@link #TRACE_BYTES} of TRACE memory on each device, until {@link #releaseTrace()}; of
     * DRAM with {@link SimulationOption#TRACES_IN_DRAM}.
     *
     * @throws IllegalStateException when a trace is captured already, or the mesh is closed or out of memory
     */
    public void captureTrace() {
        synchronized (lock) {
            requireOpen("a trace cannot be captured");
            if (!trace.isEmpty()) {
                throw new IllegalStateException("the " + this + " has captured a trace already; release it first");
            }
            chips.forEach(chip -> trace.add(chip.allocateTrace(traces, TRACE_BYTES)));
        }
    }

    /**
     * Releases the captured trace.
     *
     * @throws IllegalStateException when none is captured or the mesh is closed
     */
    public void releaseTrace() {
        synchronized (lock) {
            requireOpen("a trace cannot be released");
            if (trace.isEmpty()) {
                throw new IllegalStateException("the " + this + " has no captured trace to release");
            }
            for (int device = 0; device < trace.size(); device++) {
                chips.get(device).free(trace.get(device));
            }
            trace.clear();
        }
    }

    @Override
    public void enableProgramCache() {
        synchronized (lock) {
            requireOpen("its program cache cannot be enabled");
            programs.enable();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the mesh is closed, or a captured trace is alive, which refers to the programs
     */
    @Override
    public void clearProgramCache() {
        synchronized (lock) {
            requireOpen("its program cache cannot be cleared");
            if (!trace.isEmpty()) {
                throw new IllegalStateException("the program cache of the " + this
                        + " must not be cleared while a captured trace is alive; release the trace first");
            }
            programs.clear();
        }
    }

    /**
     * {@inheritDoc} Until then each operation loads its program anew and releases it afterwards.
     *
     * @throws IllegalStateException as {@link #clearProgramCache()}
     */
    @Override
    public void disableAndClearProgramCache() {
        synchronized (lock) {
            clearProgramCache();
            programs.disable();
        }
    }

    @Override
    public long numProgramCacheEntries() {
        synchronized (lock) {
            requireOpen("its program cache cannot be asked");
            return programs.size();
        }
    }

    @Override
    public boolean isOpen() {
        synchronized (lock) {
            return open;
        }
    }

    @Override
    public List<Integer> deviceIds() {
        return IntStream.range(0, DEVICES).boxed().toList();
    }

    /** {@inheritDoc} On all devices together. */
    @Override
    public OptionalLong traceBuffersSize() {
        synchronized (lock) {
            return OptionalLong.of(open ? trace.size() * TRACE_BYTES : 0);
        }
    }

    /** {@inheritDoc} Circular buffers are not among them: no allocator knows them. */
    @Override
    public Optional<List<AllocatedBuffer>> allocatedBuffers() {
        synchronized (lock) {
            requireOpen("its allocator cannot be asked");
            return Optional.of(chips.stream().flatMap(SimulatedChip::buffers).toList());
        }
    }

    /** {@inheritDoc} They are those of the fullest device. */
    @Override
    public Optional<MemoryView> memoryView(MemoryKind kind) {
        synchronized (lock) {
            requireOpen("its allocator cannot be asked");
            return chips.stream()
                    .flatMap(chip -> chip.view(kind).stream())
                    .min(Comparator.comparingLong(MemoryView::largestContiguousFreePerBank));
        }
    }

    /** Releases everything, circular buffers and tensors included, and ends the connection. Twice is once. */
    @Override
    public void close() {
        synchronized (lock) {
            if (!open) {
                return;
            }
            chips.forEach(SimulatedChip::freeAll);
            open = false;
            garbage.close();
            client.close();
        }
        LOG.debug("closed the {}", this);
    }

    private MemoryKind requireOperand(SimulatedOperation operation, MeshTensor operand) {
        if (!(operand instanceof SimulatedTensor tensor)) {
            throw new IllegalArgumentException(operation + " needs tensors of the " + this + ", not the " + operand);
        }
        requireHeld(tensor);
        if (tensor.memory().addresses().size() != DEVICES) {
            throw new IllegalArgumentException(operation + " needs tensors on all 8 devices, not the " + tensor);
        }
        return tensor.kind();
    }

    private void requireHeld(SimulatedTensor tensor) {
        requireOpen("the " + tensor + " is gone");
        if (!tensor.memory().isHeld()) {
            throw new IllegalStateException("the " + tensor + " is deallocated already");
        }
    }

    private void requireOpen(String consequence) {
        if (!open) {
            throw new IllegalStateException("the " + this + " is closed: " + consequence + "; open a new one");
        }
    }

    /** Names the mesh as a simulated one, with its socket. */
    @Override
    public String toString() {
        return "SIMULATED mesh of 2 x 4 devices reporting to " + socket;
    }
}

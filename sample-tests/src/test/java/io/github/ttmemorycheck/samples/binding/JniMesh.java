package io.github.ttmemorycheck.samples.binding;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

// tag::class[]
/**
 * A mesh of devices whose runtime is a native library, called by JNI. The library is A STAND-IN FOR ttnn/tt-metal, NOT
 * ITS API. One call at a time is inside it, and none when the mesh is closed: a pointer to a closed mesh would end the
 * JVM.
 */
public final class JniMesh implements TtDevice, AutoCloseable {

    static {
        System.load(StandIn.LIBRARY.toString()); // loadLibrary("standin") would look for it in java.library.path
    }

    /** By the numbers of the vendor's BufferType; no allocator knows the other kinds, circular buffers and kernels. */
    private static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.SYSTEM_MEMORY, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    private final long mesh = openMesh(); // a pointer
    private volatile boolean open = true;

    private long mesh() {
        if (!open) {
            throw new IllegalStateException("the mesh is closed");
        }
        return mesh;
    }

    // Required: the program cache.

    @Override
    public synchronized void enableProgramCache() {
        cachePrograms(mesh(), true);
    }

    @Override
    public synchronized void clearProgramCache() { // leaves it enabled
        clearPrograms(mesh());
    }

    @Override
    public synchronized void disableAndClearProgramCache() {
        cachePrograms(mesh(), false);
        clearPrograms(mesh());
    }

    @Override
    public synchronized long numProgramCacheEntries() {
        return programs(mesh());
    }

    // Needed by whoever closes a device: after it, nothing is asked any more.

    @Override
    public boolean isOpen() { // not synchronized: it is asked while a call is in the library, too
        return open;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            closeMesh(mesh);
        }
    }

    // Optional: whose it is, and what its allocator knows. Asked on a thread of the check.

    @Override
    public synchronized List<Integer> deviceIds() {
        return LongStream.of(devices(mesh())).mapToObj(id -> (int) id).toList();
    }

    @Override
    public synchronized OptionalLong processId() {
        return OptionalLong.of(process(mesh()));
    }

    @Override
    public synchronized OptionalLong traceBuffersSize() {
        return OptionalLong.of(traceBytes(mesh()));
    }

    @Override
    public synchronized Optional<List<AllocatedBuffer>> allocatedBuffers() {
        long[] figures = buffers(mesh());
        List<AllocatedBuffer> buffers = new ArrayList<>();
        for (int at = 0; at < figures.length; at += 5) {
            MemoryKind kind = KINDS.get((int) figures[at + 1]);
            long bytes = figures[at + 3] * figures[at + 4]; // those of one bank, in all banks
            buffers.add(new AllocatedBuffer((int) figures[at], kind, figures[at + 2], bytes));
        }
        return Optional.of(buffers);
    }

    @Override
    public synchronized Optional<MemoryView> memoryView(MemoryKind kind) {
        if (!KINDS.contains(kind)) {
            return Optional.empty();
        }
        long[] view = memory(mesh(), KINDS.indexOf(kind));
        return Optional.of(new MemoryView((int) view[0], view[1], view[2], view[3], view[4]));
    }

    // What tests do with it.

    /** Runs an operation, whose program stays in the cache. */
    public synchronized void run(int operation) {
        run(mesh(), operation);
    }

    /** Allocates a buffer on each device, which closing deallocates. */
    public synchronized Buffer buffer(MemoryKind kind, long bytesPerDevice) {
        return new Buffer(allocate(mesh(), KINDS.indexOf(kind), bytesPerDevice));
    }

    /** A buffer at one address on each device. */
    public final class Buffer implements AutoCloseable {

        private final long address;

        private Buffer(long address) {
            this.address = address;
        }

        @Override
        public void close() {
            synchronized (JniMesh.this) {
                if (open) { // a closed mesh has nothing any more
                    deallocate(mesh, address);
                }
            }
        }
    }

    private static native long openMesh();

    private static native void closeMesh(long mesh);

    private static native long allocate(long mesh, long kind, long bytesPerDevice);

    private static native void deallocate(long mesh, long address);

    private static native void run(long mesh, long operation);

    private static native void cachePrograms(long mesh, boolean enabled);

    private static native void clearPrograms(long mesh);

    private static native long programs(long mesh);

    private static native long process(long mesh);

    private static native long traceBytes(long mesh);

    private static native long[] memory(long mesh, long kind);

    private static native long[] devices(long mesh);

    private static native long[] buffers(long mesh);
}
// end::class[]

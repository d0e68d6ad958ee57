package io.github.ttmemorycheck.samples.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

// tag::class[]
/**
 * A mesh of devices whose runtime is a native library, called by the foreign-function API of JDK 22. The library is A
 * STAND-IN FOR ttnn/tt-metal, NOT ITS API. One call at a time is inside it, and none when the mesh is closed: a pointer
 * to a closed mesh would end the JVM.
 */
public final class FfmMesh implements TtDevice, AutoCloseable {

    /** By the numbers of the vendor's BufferType; no allocator knows the other kinds, circular buffers and kernels. */
    private static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.SYSTEM_MEMORY, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    @SuppressWarnings("restricted") // --enable-native-access allows it
    private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup(StandIn.LIBRARY, Arena.global());

    private static final MethodHandle OPEN = function("standin_open", ADDRESS);
    private static final MethodHandle CLOSE = function("standin_close", JAVA_LONG, ADDRESS);
    private static final MethodHandle ALLOCATE = function("standin_allocate", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FREE = function("standin_free", JAVA_LONG, ADDRESS, JAVA_LONG);
    private static final MethodHandle RUN = function("standin_run", JAVA_LONG, ADDRESS, JAVA_LONG);
    private static final MethodHandle CACHE = function("standin_cache_programs", JAVA_LONG, ADDRESS, JAVA_LONG);
    private static final MethodHandle CLEAR = function("standin_clear_programs", JAVA_LONG, ADDRESS);
    private static final MethodHandle PROGRAMS = function("standin_programs", JAVA_LONG, ADDRESS);
    private static final MethodHandle PROCESS = function("standin_process", JAVA_LONG, ADDRESS);
    private static final MethodHandle TRACES = function("standin_trace_bytes", JAVA_LONG, ADDRESS);
    private static final MethodHandle MEMORY = function("standin_memory", JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle DEVICES = function("standin_devices", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle BUFFERS = function("standin_buffers", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);

    @SuppressWarnings("restricted") // as above; a wrong descriptor would read or write what is not there
    private static MethodHandle function(String name, ValueLayout result, MemoryLayout... arguments) {
        MemorySegment code = LIBRARY.find(name).orElseThrow(() -> new UnsatisfiedLinkError(name));
        return Linker.nativeLinker().downcallHandle(code, FunctionDescriptor.of(result, arguments));
    }

    private interface Call<T> {
        T run() throws Throwable;
    }

    private static <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // every handle declares it; what it calls is C, which throws nothing
            throw new IllegalStateException("the library cannot be called", e);
        }
    }

    private static void check(boolean done, String refusal) {
        if (!done) {
            throw new IllegalStateException(refusal);
        }
    }

    private final MemorySegment mesh; // a pointer: it belongs to no arena, so any thread may use it
    private volatile boolean open = true;

    /** Opens the mesh. */
    public FfmMesh() {
        mesh = call(() -> (MemorySegment) OPEN.invokeExact());
        check(!mesh.equals(MemorySegment.NULL), "the mesh cannot be opened");
    }

    private MemorySegment mesh() {
        check(open, "the mesh is closed");
        return mesh;
    }

    // Required: the program cache.

    @Override
    public synchronized void enableProgramCache() {
        check(call(() -> (long) CACHE.invokeExact(mesh(), 1L)) != 0, "the program cache cannot be enabled");
    }

    @Override
    public synchronized void clearProgramCache() { // leaves it enabled
        check(call(() -> (long) CLEAR.invokeExact(mesh())) != 0, "the program cache cannot be cleared");
    }

    @Override
    public synchronized void disableAndClearProgramCache() {
        check(call(() -> (long) CACHE.invokeExact(mesh(), 0L)) != 0, "the program cache cannot be disabled");
        clearProgramCache();
    }

    @Override
    public synchronized long numProgramCacheEntries() {
        return call(() -> (long) PROGRAMS.invokeExact(mesh()));
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
            check(call(() -> (long) CLOSE.invokeExact(mesh)) != 0, "the mesh cannot be closed");
        }
    }

    // Optional: whose it is, and what its allocator knows. Asked on a thread of the check.

    @Override
    public synchronized List<Integer> deviceIds() {
        return LongStream.of(list(DEVICES, 1)).mapToObj(id -> (int) id).toList();
    }

    @Override
    public synchronized OptionalLong processId() {
        return OptionalLong.of(call(() -> (long) PROCESS.invokeExact(mesh())));
    }

    @Override
    public synchronized OptionalLong traceBuffersSize() {
        return OptionalLong.of(call(() -> (long) TRACES.invokeExact(mesh())));
    }

    @Override
    public synchronized Optional<List<AllocatedBuffer>> allocatedBuffers() {
        long[] figures = list(BUFFERS, 5);
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
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment written = arena.allocate(JAVA_LONG, 5);
            long done = call(() -> (long) MEMORY.invokeExact(mesh(), (long) KINDS.indexOf(kind), written));
            check(done != 0, "the library does not know " + kind);
            long[] view = written.toArray(JAVA_LONG);
            return Optional.of(new MemoryView((int) view[0], view[1], view[2], view[3], view[4]));
        }
    }

    /**
     * What a function writes that returns how many there are. The arena is that of the call: a confined one that the
     * thread of the test made would refuse the thread of the check.
     */
    private long[] list(MethodHandle function, int figures) {
        try (Arena arena = Arena.ofConfined()) {
            long count = call(() -> (long) function.invokeExact(mesh(), MemorySegment.NULL, 0L));
            MemorySegment written = arena.allocate(JAVA_LONG, count * figures);
            long same = call(() -> (long) function.invokeExact(mesh(), written, count));
            check(same == count, "the list has changed, though nobody else was in the library");
            return written.toArray(JAVA_LONG);
        }
    }

    // What tests do with it.

    /** Runs an operation, whose program stays in the cache. */
    public synchronized void run(int operation) {
        check(call(() -> (long) RUN.invokeExact(mesh(), (long) operation)) != 0, "the kernels do not fit");
    }

    /** Allocates a buffer on each device, which closing deallocates. */
    public synchronized Buffer buffer(MemoryKind kind, long bytesPerDevice) {
        long address = call(() -> (long) ALLOCATE.invokeExact(mesh(), (long) KINDS.indexOf(kind), bytesPerDevice));
        check(address != 0, "the buffer does not fit");
        return new Buffer(address);
    }

    /** A buffer at one address on each device. */
    public final class Buffer implements AutoCloseable {

        private final long address;

        private Buffer(long address) {
            this.address = address;
        }

        @Override
        public void close() {
            synchronized (FfmMesh.this) {
                if (open) { // a closed mesh has nothing any more
                    check(call(() -> (long) FREE.invokeExact(mesh, address)) != 0, "there is no such buffer");
                }
            }
        }
    }
}
// end::class[]

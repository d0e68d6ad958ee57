package io.github.ttmemorycheck.samples.binding;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

// tag::class[]
/** A mesh of devices. What the check asks goes to the runtime; only whether it is open is kept here. */
public final class BoundMesh implements TtDevice, AutoCloseable {

    private final Ttnn ttnn; // the calls into the runtime, in this example an interface
    private volatile boolean open = true;

    BoundMesh(Ttnn ttnn) {
        this.ttnn = ttnn;
    }

    // Required: the program cache.

    @Override
    public void enableProgramCache() {
        ttnn.enableProgramCache();
    }

    @Override
    public void clearProgramCache() { // leaves it enabled
        ttnn.clearProgramCache();
    }

    @Override
    public void disableAndClearProgramCache() {
        ttnn.disableAndClearProgramCache();
    }

    @Override
    public long numProgramCacheEntries() {
        return ttnn.numProgramCacheEntries();
    }

    // Needed by whoever closes a device: after it, nothing is asked any more.

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            ttnn.close();
        }
    }

    // Optional: what the allocator knows.

    @Override
    public List<Integer> deviceIds() {
        return ttnn.deviceIds();
    }

    @Override
    public OptionalLong traceBuffersSize() {
        return OptionalLong.of(ttnn.traceBuffersSize());
    }

    @Override
    public Optional<List<AllocatedBuffer>> allocatedBuffers() {
        return Optional.of(ttnn.buffers().stream().map(BoundMesh::buffer).toList());
    }

    private static AllocatedBuffer buffer(Ttnn.Entry entry) {
        MemoryKind kind = MemoryKind.valueOf(entry.bufferType()); // the vendor's names are those of MemoryKind
        return new AllocatedBuffer(entry.deviceId(), kind, entry.address(), entry.maxSizePerBank() * entry.banks());
    }

    @Override
    public Optional<MemoryView> memoryView(MemoryKind kind) {
        return switch (kind) {
            case CIRCULAR_BUFFER, KERNEL -> Optional.empty(); // kinds of the trackers; no allocator knows them
            default -> {
                Ttnn.View view = ttnn.memoryView(kind.name());
                yield Optional.of(new MemoryView(
                        view.banks(), view.bytesPerBank(), view.allocated(), view.free(), view.largestFree()));
            }
        };
    }

    // What tests do with it.

    /** Allocates a tensor in DRAM. */
    public BoundTensor tensor(long bytesPerDevice) {
        return new BoundTensor(ttnn.allocate(bytesPerDevice));
    }

    /** A tensor, which closing deallocates. */
    public final class BoundTensor implements AutoCloseable {

        private final long address;

        private BoundTensor(long address) {
            this.address = address;
        }

        @Override
        public void close() {
            ttnn.deallocate(address);
        }
    }
}
// end::class[]

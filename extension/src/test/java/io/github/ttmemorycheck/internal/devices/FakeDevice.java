package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A device whose binding tells everything, or whatever a test has it tell instead. */
final class FakeDevice implements TtDevice {

    final List<AllocatedBuffer> live = new CopyOnWriteArrayList<>();
    BooleanSupplier open = () -> true;
    Supplier<@Nullable List<Integer>> ids = List::of;
    Supplier<@Nullable OptionalLong> process = OptionalLong::empty;
    Supplier<@Nullable Optional<List<AllocatedBuffer>>> buffers = () -> Optional.of(new ArrayList<>(live));
    Supplier<@Nullable Optional<MemoryView>> view = Optional::empty;

    FakeDevice(Integer... ids) {
        this.ids = () -> List.of(ids);
    }

    FakeDevice holding(int device, MemoryKind kind, long address, long size) {
        live.add(new AllocatedBuffer(device, kind, address, size));
        return this;
    }

    void close() {
        live.clear();
        open = () -> false;
    }

    @Override
    public void enableProgramCache() {}

    @Override
    public void clearProgramCache() {}

    @Override
    public void disableAndClearProgramCache() {}

    @Override
    public long numProgramCacheEntries() {
        return 0;
    }

    @Override
    public boolean isOpen() {
        return open.getAsBoolean();
    }

    // What a binding in another language than Java answers may be null.
    @Override
    @SuppressWarnings("NullAway")
    public List<Integer> deviceIds() {
        return ids.get();
    }

    @Override
    @SuppressWarnings("NullAway")
    public OptionalLong processId() {
        return process.get();
    }

    @Override
    @SuppressWarnings("NullAway")
    public Optional<List<AllocatedBuffer>> allocatedBuffers() {
        return buffers.get();
    }

    @Override
    @SuppressWarnings("NullAway")
    public Optional<MemoryView> memoryView(MemoryKind kind) {
        return view.get();
    }
}

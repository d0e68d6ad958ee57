package io.github.ttmemorycheck;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.check.Clearables;
import io.github.ttmemorycheck.internal.check.MemoryAccess;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.Objects;

/** {@link DeviceMemory} of one test or class. */
record InjectedDeviceMemory(MemoryAccess access) implements DeviceMemory {

    @Override
    public MemorySnapshot snapshot() {
        return access.snapshot();
    }

    @Override
    public SnapshotDiff since(MemorySnapshot earlier) {
        return snapshot().since(Objects.requireNonNull(earlier, "earlier"));
    }

    @Override
    public void clearProgramCaches() {
        access.clearProgramCaches();
    }

    @Override
    public String dump() {
        return access.dump();
    }

    @Override
    public <D extends TtDevice> D manage(D device) {
        access.manage().accept(Objects.requireNonNull(device, "device"));
        return device;
    }

    @Override
    public void addCache(String name, Runnable clear) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a cache needs a name, by which messages say what it held");
        }
        access.addCache().accept(new Clearables.NamedCache(name, Objects.requireNonNull(clear, "clear")));
    }
}

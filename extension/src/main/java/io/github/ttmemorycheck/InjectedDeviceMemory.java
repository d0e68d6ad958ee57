package io.github.ttmemorycheck;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;

/** {@link DeviceMemory} of one test or class. */
record InjectedDeviceMemory(Run run, ExtensionContext context) implements DeviceMemory {

    @Override
    public MemorySnapshot snapshot() {
        return run.tracker().snapshot();
    }

    @Override
    public SnapshotDiff since(MemorySnapshot earlier) {
        return snapshot().since(Objects.requireNonNull(earlier, "earlier"));
    }

    @Override
    public void clearProgramCaches() {
        try (MemoryTracker.Mark now = run.tracker().mark()) {
            new ProgramCaches(run.tracker(), run.log()).clear(run.devices().openDevices(context), now);
        }
    }

    @Override
    public String dump() {
        StringBuilder text = new StringBuilder();
        try {
            run.tracker().dump(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a StringBuilder does not fail", impossible);
        }
        return text.toString();
    }

    @Override
    public <D extends TtDevice> D manage(D device) {
        ManagedDevices.of(context).add(Objects.requireNonNull(device, "device"));
        return device;
    }
}

package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTrackerContractTests;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;

/** The contract, of the devices' own word. */
class DeviceTrackerContractTests extends MemoryTrackerContractTests {

    @TempDir
    Path directory;

    private final List<TtDevice> devices = new CopyOnWriteArrayList<>();
    private final FakeDevice mesh = new FakeDevice();
    private final DeviceTracker tracker = new DeviceTracker(() -> devices);

    DeviceTrackerContractTests() {
        devices.add(mesh);
    }

    @Override
    protected MemoryTracker tracker() {
        return tracker;
    }

    @Override
    protected Set<MemoryKind> kinds() {
        return EnumSet.range(MemoryKind.DRAM, MemoryKind.TRACE);
    }

    @Override
    protected boolean seesProcessesEnd() {
        return false;
    }

    @Override
    protected void allocate(int device, MemoryKind kind, long address, long bytes) {
        mesh.holding(device, kind, address, bytes);
    }

    @Override
    protected void free(int device, MemoryKind kind, long address, long bytes) {
        mesh.live.remove(new AllocatedBuffer(device, kind, address, bytes));
    }

    @Override
    protected Child startHolder(List<Integer> numbers, MemoryKind kind, long address, long bytes) throws IOException {
        Child worker = Child.run(directory.resolve("errors").toFile(), List.of("cat"));
        FakeDevice held = new FakeDevice(numbers.toArray(Integer[]::new));
        held.process = () -> OptionalLong.of(worker.pid());
        held.open = worker.process()::isAlive;
        held.holding(1_000, kind, address, bytes);
        devices.add(held);
        return worker;
    }

    @Override
    protected void makeBlind() {
        mesh.buffers = () -> {
            throw new IllegalStateException("the device was reset");
        };
    }
}

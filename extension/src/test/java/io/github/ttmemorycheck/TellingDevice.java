package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A device whose binding can list the allocator's buffers; one of fixtures, with a program cache. */
final class TellingDevice extends FixtureDevice {

    private static final long MIB = 1 << 20;

    final List<AllocatedBuffer> held = new ArrayList<>();
    List<Integer> ids = List.of(0);
    OptionalLong process = OptionalLong.empty();
    boolean tells = true;
    int asked;

    @Override
    public List<Integer> deviceIds() {
        return ids;
    }

    @Override
    public OptionalLong processId() {
        return process;
    }

    @Override
    public Optional<MemoryView> memoryView(MemoryKind kind) {
        return kind == DRAM ? Optional.of(new MemoryView(8, 64 * MIB, 32 * MIB, 32 * MIB, MIB)) : Optional.empty();
    }

    @Override
    public Optional<List<AllocatedBuffer>> allocatedBuffers() {
        asked++;
        return tells ? Optional.of(List.copyOf(held)) : Optional.empty();
    }
}

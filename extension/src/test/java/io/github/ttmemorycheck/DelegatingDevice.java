package io.github.ttmemorycheck;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A device that is no mock, where a field is to be found whose device a mock stands for. */
record DelegatingDevice(TtDevice to) implements TtDevice {

    @Override
    public void enableProgramCache() {
        to.enableProgramCache();
    }

    @Override
    public void clearProgramCache() {
        to.clearProgramCache();
    }

    @Override
    public void disableAndClearProgramCache() {
        to.disableAndClearProgramCache();
    }

    @Override
    public long numProgramCacheEntries() {
        return to.numProgramCacheEntries();
    }

    @Override
    public boolean isOpen() {
        return to.isOpen();
    }

    @Override
    public List<Integer> deviceIds() {
        return to.deviceIds();
    }

    @Override
    public OptionalLong processId() {
        return to.processId();
    }

    @Override
    public OptionalLong traceBuffersSize() {
        return to.traceBuffersSize();
    }

    @Override
    public Optional<List<AllocatedBuffer>> allocatedBuffers() {
        return to.allocatedBuffers();
    }

    @Override
    public Optional<MemoryView> memoryView(MemoryKind kind) {
        return to.memoryView(kind);
    }
}

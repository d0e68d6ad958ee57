package io.github.ttmemorycheck;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;

/** A device of fixtures whose program cache holds a buffer for each program; closing it empties the cache. */
class FixtureDevice implements TtDevice, AutoCloseable {

    private final List<FixtureTensor> programs = new ArrayList<>();
    private boolean open = true;

    void run(long kibOfTheProgram) {
        run(MemoryKind.DRAM, kibOfTheProgram);
    }

    void run(MemoryKind kind, long kibOfTheProgram) {
        programs.add(FixtureTensor.of(kind, kibOfTheProgram));
    }

    @Override
    public void enableProgramCache() {}

    @Override
    public void clearProgramCache() {
        programs.forEach(FixtureTensor::close);
        programs.clear();
    }

    @Override
    public void disableAndClearProgramCache() {
        clearProgramCache();
    }

    @Override
    public long numProgramCacheEntries() {
        return programs.size();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        clearProgramCache();
        open = false;
    }
}

package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.device.TtDevice;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A simulated device that takes 50 ms to compile a program, and keeps it in its cache. */
final class CompilingDevice implements TtDevice {

    private static final long COMPILING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Set<Integer> programs = new HashSet<>();

    void run(int program) {
        if (programs.add(program)) {
            long until = System.nanoTime() + COMPILING_NANOS;
            while (until - System.nanoTime() > 0) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
        }
    }

    @Override
    public void enableProgramCache() {
        // It is on.
    }

    @Override
    public void clearProgramCache() {
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
}

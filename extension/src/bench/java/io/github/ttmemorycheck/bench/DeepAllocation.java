package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.bench.binding.Binding;
import io.github.ttmemorycheck.internal.sites.AllocationSites;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A buffer that is allocated below forty frames and freed again, with its place recorded and without. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeepAllocation {

    static final int FRAMES = 40;

    private static final long ADDRESS = 0x3000_0000;

    /** Whether places are recorded. */
    @Param("on")
    public String sites = "on";

    private final Binding binding = new Binding();

    /** Turns the recording on or off. */
    @Setup
    public void choose() {
        AllocationSites.record(sites.equals("on"));
    }

    /** Allocates and frees below all these frames. */
    @Benchmark
    public long allocateAndFree() {
        return below(FRAMES);
    }

    private long below(int frames) {
        if (frames > 0) {
            return below(frames - 1) + 1;
        }
        binding.tensor(ADDRESS);
        binding.free(ADDRESS);
        return 0;
    }

    /** Leaves nothing on. */
    @TearDown
    public void end() {
        AllocationSites.record(false);
    }
}

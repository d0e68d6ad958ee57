package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A class that uses the device without being checked. The lock keeps it from running beside checked tests, which would
 * be charged with what it allocates.
 */
@Shows("a class that is not checked, but waits for those that are")
// tag::locked[]
@ResourceLock(TtMemoryCheck.DEVICE_MEMORY)
class LockedTests {

    @Test
    void add_and_matmul() {
        try (SimulatedMeshDevice mesh = SimulatedMeshDevice.open()) {
            addAndMatmul(mesh);
            assertThat(mesh.numProgramCacheEntries()).isEqualTo(2);
        }
    }
}
// end::locked[]

package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ttmemorycheck.DeviceMemoryCheck;
import io.github.ttmemorycheck.DeviceMemoryLeakError;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What no annotation can check, as the scenarios of Cucumber, is checked in hooks. You see green. */
@ResourceLock(TtMemoryCheck.DEVICE_MEMORY)
class OutsideJupiterTests {

    private SimulatedMeshDevice mesh;

    // tag::hooks[]
    /** Hooks, which an engine calls around each test: those of JUnit 4, TestNG or Cucumber look like these. */
    static class Hooks {

        private DeviceMemoryCheck check;

        void before(String test, SimulatedMeshDevice mesh) {
            check = DeviceMemoryCheck.begin(Hooks.class, test, mesh);
        }

        void after(boolean failed) {
            if (failed) {
                check.failed(); // it keeps its own failure
            }
            check.close(); // before the device is closed
        }
    }
    // end::hooks[]

    private final Hooks hooks = new Hooks();

    @BeforeEach
    void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void a_test_that_deallocates_passes() {
        hooks.before("decode", mesh);
        mesh.tensor(DRAM, 4 * MIB).close();
        hooks.after(false);
    }

    @Test
    void a_test_that_forgets_a_tensor_fails_unless_it_failed_by_itself() {
        hooks.before("encode", mesh);
        assertThat(mesh.tensor(DRAM, 4 * MIB)).isNotNull();
        assertThatExceptionOfType(DeviceMemoryLeakError.class)
                .isThrownBy(() -> hooks.after(false))
                .withMessageStartingWith("OutsideJupiterTests.Hooks.encode left 4 MiB of DRAM on each of 8 devices\n");

        hooks.before("encode again", mesh);
        assertThat(mesh.tensor(DRAM, 4 * MIB)).isNotNull();
        hooks.after(true);
    }
}

package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.DeviceMemory;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A worker process is killed while it holds a buffer, and the test keeps a tensor. You see the worker's memory listed
 * as taken back by the driver, and the test blamed for its own tensor alone.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a worker process that ended without freeing is named beside the leak of the test")
class EndedProcessLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @Test
    void decode(DeviceMemory memory) throws Exception {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWorker.class.getName(),
                        System.getProperty(TtMemoryCheckSettings.SOCKET))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = worker.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            mesh.tensor(MemoryKind.DRAM, 4 * MIB);
            memory.snapshot(); // so that the tracker has read what the worker reported
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }
}

package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/**
 * A mesh that is a bean of an application context, and nobody says that tests share it. You see the test that runs first
 * charged with what the mesh holds, and told that the mesh was opened in it.
 */
@Tag("leaks")
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@SpringJUnitConfig(UndeclaredContextLeakTests.MeshConfiguration.class)
@DirtiesContext // so that the next sample starts with free devices
@TestMethodOrder(MethodOrderer.MethodName.class)
@Shows("14 MiB of DRAM on each device: a device of an application context, charged to the first test")
class UndeclaredContextLeakTests {

    @Configuration(proxyBeanMethods = false)
    static class MeshConfiguration {

        @Bean(destroyMethod = "close")
        SimulatedMeshDevice mesh() {
            SimulatedMeshDevice mesh = SimulatedMeshDevice.open();
            mesh.tensor(DRAM, 14 * MIB);
            return mesh;
        }
    }

    @Autowired
    SimulatedMeshDevice mesh;

    @Test
    void a_decodes() {
        addAndMatmul(mesh);
    }

    @Test
    void b_prefills() {
        addAndMatmul(mesh);
    }
}

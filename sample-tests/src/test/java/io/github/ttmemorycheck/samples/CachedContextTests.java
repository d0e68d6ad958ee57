package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.DeviceMemoryCheck;
import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.SharedDeviceMemory;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/**
 * Two classes that share a cached application context, in which a mesh is a bean. Whichever runs first has the mesh
 * opened and the weights loaded, and is not charged with either: the bean is made in a scope of shared memory.
 */
class CachedContextTests {

    // tag::context[]
    @Configuration(proxyBeanMethods = false)
    static class MeshConfiguration {

        @Bean(destroyMethod = "close")
        SimulatedMeshDevice mesh() {
            SharedDeviceMemory context = SharedDeviceMemory.open("application context");
            try {
                SimulatedMeshDevice mesh = SimulatedMeshDevice.open();
                mesh.tensor(DRAM, 14 * MIB); // what it holds as long as it is open
                return mesh;
            } finally {
                context.close();
            }
        }
    }

    @TtMemoryCheck
    @MemoryBaseline(device = 0, l1 = "12KiB")
    @SpringJUnitConfig(MeshConfiguration.class)
    static class Decode {

        @Autowired
        SimulatedMeshDevice mesh;

        @Test
        void decodes() {
            addAndMatmul(mesh);
        }
    }
    // end::context[]

    @TtMemoryCheck
    @MemoryBaseline(device = 0, l1 = "12KiB")
    @SpringJUnitConfig(MeshConfiguration.class)
    static class Prefill {

        @Autowired
        SimulatedMeshDevice mesh;

        @Test
        void prefills() {
            addAndMatmul(mesh);
        }
    }

    static Stream<List<Class<?>>> orders() {
        return Stream.of(List.of(Decode.class, Prefill.class), List.of(Prefill.class, Decode.class));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void whichever_class_runs_first_is_clean(List<Class<?>> classes) {
        // Another run of this JVM knows the same, and says nothing twice.
        DeviceMemoryCheck.begin(CachedContextTests.class, "before").close();

        SampleRun run = SampleRun.of(classes, Map.of());

        assertThat(run.failures()).isEmpty();
        assertThat(run.log())
                .containsOnlyOnce("INFO shared memory 'application context': 14 MiB of DRAM on each of 8 devices")
                .contains("INFO shared memory 'application context' still holds 14 MiB of DRAM on each of 8 devices"
                        + " at the end of the run");
    }

    /** Spring keeps the context until the JVM ends, and other samples want the devices. */
    @AfterEach
    void closeTheContext() {
        new TestContextManager(Decode.class).getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
    }
}

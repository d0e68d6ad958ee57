package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * An annotation of one's own, {@link DeviceTest}, that makes a method a test, has it checked and states its baseline.
 * You see green.
 */
@Shows("a test annotation of one's own")
class ComposedAnnotationTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::composed[]
    @DeviceTest
    void add_and_matmul() {
        addAndMatmul(mesh);
    }
    // end::composed[]
}

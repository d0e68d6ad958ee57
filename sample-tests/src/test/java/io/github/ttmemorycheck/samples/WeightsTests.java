package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static io.github.ttmemorycheck.samples.Workload.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * A key-value cache of 128 MiB on each device that belongs to the class: allocated before the tests and deallocated
 * after them. The tests are judged by what they add to it, so you see green.
 */
@Tag("hardware")
@TtMemoryCheck
@Shows("a KV cache of 128 MiB per device that the class owns")
class WeightsTests {

    static Mesh mesh;
    static MeshTensor keysAndValues;

    @BeforeAll
    static void open() {
        mesh = Meshes.open();
        keysAndValues = mesh.tensor(MemoryKind.DRAM, 128 * MIB);
    }

    @AfterAll
    static void close() {
        keysAndValues.deallocate();
        mesh.close();
    }

    @RepeatedTest(2)
    void prefill() {
        try (MeshTensor prompt = mesh.tensor(MemoryKind.DRAM, 64 * KIB)) {
            assertThat(prompt.bytesPerDevice()).isLessThan(keysAndValues.bytesPerDevice());
        }
    }
}

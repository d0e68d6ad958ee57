package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A test that makes its own and keeps it. You see 128 MiB of DRAM left on each device: more than 100 MiB is nearly
 * always weights or a KV cache.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a KV cache of 128 MiB per device that a test forgot")
class WeightsLeakTests {

    static Mesh mesh;

    @BeforeAll
    static void open() {
        mesh = Meshes.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @Test
    void prefill() {
        MeshTensor keysAndValues = mesh.tensor(MemoryKind.DRAM, 128 * MIB);
        assertThat(keysAndValues.bytesPerDevice()).isEqualTo(128 * MIB);
    }
}

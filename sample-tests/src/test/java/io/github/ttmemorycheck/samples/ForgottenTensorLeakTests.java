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
 * The same without deallocating it. You see 4 MiB of DRAM left on each of the 8 devices, folded into one row of the
 * table.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a tensor of 4 MiB per device, forgotten")
class ForgottenTensorLeakTests {

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
    void decode() {
        MeshTensor logits = mesh.tensor(MemoryKind.DRAM, 4 * MIB);
        assertThat(logits.bytesPerDevice()).isEqualTo(4 * MIB);
    }
}

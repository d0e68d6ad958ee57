package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The program cache keeps the kernels of {@code add} and {@code matmul}, 36 KiB of DRAM on each device, after the test
 * has ended. The check finds the device in the field and clears its cache, so you see green.
 */
@Tag("hardware")
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("36 KiB of DRAM per device held by the program cache, released by clearing it")
class ProgramCacheTests {

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
    void add_and_matmul_leave_their_programs_in_the_cache() {
        addAndMatmul(mesh);

        assertThat(mesh.numProgramCacheEntries()).isEqualTo(2);
    }

    @Test
    void the_cache_is_empty_and_enabled_for_the_next_test() {
        assertThat(mesh.numProgramCacheEntries()).isZero();

        addAndMatmul(mesh);
        assertThat(mesh.numProgramCacheEntries()).isEqualTo(2);
    }
}

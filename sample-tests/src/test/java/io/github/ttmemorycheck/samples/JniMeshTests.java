package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static io.github.ttmemorycheck.snapshot.MemoryKind.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.samples.binding.JniMesh;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A binding by JNI to a native library that is A STAND-IN FOR ttnn/tt-metal. A test that deallocates passes; one
 * that does not fails by what the allocator of the library tells. You see green.
 */
@Timeout(60)
@NeedsStandIn
class JniMeshTests {

    private static final Map<String, String> DEVICE_ALONE = Map.of(TtMemoryCheckSettings.TRACKER, "device");

    // tag::clean[]
    @TtMemoryCheck
    static class DecoderTests {

        static JniMesh mesh; // found by its type: any field will do

        @BeforeAll
        static void open() {
            mesh = new JniMesh();
        }

        @AfterAll
        static void close() {
            mesh.close();
        }

        @Test
        void decodes() {
            try (JniMesh.Buffer scores = mesh.buffer(DRAM, 65_536)) {
                mesh.run(1); // its program stays in the cache, with 12 KiB: no leak
                assertThat(scores).isNotNull();
            }
        }
    }
    // end::clean[]

    // tag::leak[]
    @Tag("leaks")
    @TtMemoryCheck
    static class DecoderLeakTests {

        static JniMesh mesh;

        @BeforeAll
        static void open() {
            mesh = new JniMesh();
        }

        @AfterAll
        static void close() {
            mesh.close();
        }

        @Test
        void forgets_its_scores() {
            mesh.run(1);
            assertThat(mesh.buffer(DRAM, 65_536)).isNotNull();
        }
    }
    // end::leak[]

    @Test
    void a_test_that_deallocates_passes_and_the_program_cache_is_no_leak() {
        assertThat(SampleRun.of(DecoderTests.class, DEVICE_ALONE).failures()).isEmpty();
    }

    @Test
    void a_test_that_forgets_a_buffer_fails_by_what_the_library_tells() throws IOException {
        SampleRun run = SampleRun.of(DecoderLeakTests.class, DEVICE_ALONE);

        assertThat(run.failures()).hasSize(1);
        Golden.check("leaks/JniMeshTests.DecoderLeakTests.txt", run.messages());
    }

    @Test
    void another_thread_is_told_what_the_allocator_knows() {
        try (JniMesh mesh = new JniMesh()) {
            mesh.buffer(DRAM, 8_192).close();
            mesh.buffer(DRAM, 65_536);
            JniMesh.Buffer between = mesh.buffer(DRAM, 16_384);
            mesh.buffer(DRAM, 1);
            mesh.buffer(TRACE, 4_096);
            between.close();
            mesh.run(1);
            mesh.run(1);

            CompletableFuture.runAsync(() -> tells(mesh)).join();
        }
    }

    private static void tells(JniMesh mesh) {
        assertThat(mesh.deviceIds()).containsExactly(0, 1);
        assertThat(mesh.processId()).hasValue(ProcessHandle.current().pid());
        assertThat(mesh.numProgramCacheEntries()).isOne();
        mesh.clearProgramCache();
        assertThat(mesh.numProgramCacheEntries()).isZero();
        assertThat(mesh.allocatedBuffers())
                .hasValueSatisfying(buffers -> assertThat(buffers)
                        .containsExactlyInAnyOrder(
                                new AllocatedBuffer(100, DRAM, 0x1000, 65_536),
                                new AllocatedBuffer(100, DRAM, 0x1000 + 8_192 + 2_048, 8),
                                new AllocatedBuffer(100, TRACE, 0x401000, 4_096)));
        long bank = 1 << 20;
        assertThat(mesh.memoryView(DRAM)).contains(new MemoryView(8, bank, 8_193, bank - 8_193, bank - 8_192 - 2_049));
        assertThat(mesh.memoryView(L1)).contains(new MemoryView(8, bank, 0, bank, bank));
        assertThat(mesh.memoryView(CIRCULAR_BUFFER)).isEmpty();
        assertThat(mesh.traceBuffersSize()).hasValue(4_096);
    }

    @Test
    void what_does_not_fit_or_is_closed_is_refused_in_java() {
        JniMesh mesh = new JniMesh();
        assertThatThrownBy(() -> mesh.buffer(DRAM, 9 << 20))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the buffer does not fit");
        mesh.disableAndClearProgramCache();
        mesh.run(1);
        assertThat(mesh.numProgramCacheEntries()).isZero();
        mesh.enableProgramCache();
        mesh.run(1);
        assertThat(mesh.numProgramCacheEntries()).isOne();
        mesh.close();
        mesh.close();
        assertThat(mesh.isOpen()).isFalse();
        assertThatThrownBy(mesh::allocatedBuffers).hasMessage("the mesh is closed");
    }
}

package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static io.github.ttmemorycheck.snapshot.MemoryKind.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a binding to the stand-in of a native library has to tell, however it calls it. */
@Timeout(60)
@NeedsStandIn
abstract class NativeMeshContract<M extends TtDevice> {

    private static final Map<String, String> DEVICE_ALONE = Map.of(TtMemoryCheckSettings.TRACKER, "device");

    abstract Class<?> deallocating();

    abstract Class<?> forgetful();

    abstract M mesh();

    abstract void close(M mesh);

    abstract AutoCloseable buffer(M mesh, MemoryKind kind, long bytesOfABank);

    abstract void run(M mesh, int program);

    @Test
    void a_test_that_deallocates_passes_and_the_program_cache_is_no_leak() {
        assertThat(SampleRun.of(deallocating(), DEVICE_ALONE).failures()).isEmpty();
    }

    @Test
    void a_test_that_forgets_a_buffer_fails_by_what_the_library_tells() throws IOException {
        SampleRun run = SampleRun.of(forgetful(), DEVICE_ALONE);

        assertThat(run.failures()).hasSize(1);
        Golden.check("leaks/" + getClass().getSimpleName() + ".DecoderLeakTests.txt", run.messages());
    }

    @Test
    void another_thread_is_told_what_the_allocator_knows() throws Exception {
        M mesh = mesh();
        try {
            buffer(mesh, DRAM, 8_192).close();
            buffer(mesh, DRAM, 65_536);
            AutoCloseable between = buffer(mesh, DRAM, 16_384);
            buffer(mesh, DRAM, 1);
            buffer(mesh, TRACE, 4_096);
            between.close();
            run(mesh, 1);
            run(mesh, 1);

            CompletableFuture.runAsync(() -> tells(mesh)).join();
        } finally {
            close(mesh);
        }
    }

    private static void tells(TtDevice mesh) {
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
        M mesh = mesh();
        assertThatThrownBy(() -> buffer(mesh, DRAM, 9 << 20))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the buffer does not fit");
        mesh.disableAndClearProgramCache();
        run(mesh, 1);
        assertThat(mesh.numProgramCacheEntries()).isZero();
        mesh.enableProgramCache();
        run(mesh, 1);
        assertThat(mesh.numProgramCacheEntries()).isOne();
        close(mesh);
        close(mesh);
        assertThat(mesh.isOpen()).isFalse();
        assertThatThrownBy(mesh::allocatedBuffers).hasMessage("the mesh is closed");
    }
}

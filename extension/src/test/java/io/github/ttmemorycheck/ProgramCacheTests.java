package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.server.Events;
import io.github.ttmemorycheck.internal.server.TestClient;
import io.github.ttmemorycheck.internal.wire.Generation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which devices are found, and when their caches are cleared. */
@Timeout(60)
class ProgramCacheTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static final List<String> STEPS = new ArrayList<>();

    private static TtDevice device = mock(TtDevice.class);

    @BeforeEach
    void aNewDevice() {
        STEPS.clear();
        device = mock(TtDevice.class);
        when(device.isOpen()).thenReturn(true);
        doAnswer(call -> STEPS.add("clear")).when(device).clearProgramCache();
    }

    /** A mock in a field is left alone. */
    private static TtDevice found() {
        return new DelegatingDevice(device);
    }

    @TtMemoryCheck
    static class StaticField {
        private static @Nullable TtDevice mesh;

        @Test
        void uses_the_device() {
            mesh = found();
            assertThat(mesh).isNotNull();
        }
    }

    @TtMemoryCheck
    static class InstanceField {
        private final Object mesh = found();

        @Test
        void uses_the_device() {
            STEPS.add("test " + mesh.equals(found()));
        }

        @AfterEach
        void close() {
            STEPS.add("@AfterEach");
        }
    }

    static class Base {
        final TtDevice mesh = found();
    }

    @TtMemoryCheck
    static class InheritedField extends Base {
        @Test
        void uses_the_device() {}
    }

    @TtMemoryCheck
    static class EnclosingField {
        final TtDevice mesh = found();

        @Nested
        class Inner {
            @Test
            void uses_the_device() {}
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {StaticField.class, InstanceField.class, InheritedField.class, EnclosingField.class})
    void the_cache_of_a_device_in_any_field_is_cleared(Class<?> fixture) {
        assertThat(SERVER.run(fixture).failed()).isEmpty();

        verify(device).clearProgramCache();
        verify(device, never()).disableAndClearProgramCache();
    }

    @Test
    void the_cache_is_cleared_between_the_test_and_after_each() {
        SERVER.run(InstanceField.class);

        assertThat(STEPS).containsExactly("test true", "clear", "@AfterEach");
    }

    @Test
    void a_closed_device_is_left_alone() {
        when(device.isOpen()).thenReturn(false);

        assertThat(SERVER.run(InstanceField.class).failed()).isEmpty();

        verify(device, never()).clearProgramCache();
    }

    @Test
    void a_cache_that_filled_again_after_the_test_is_cleared_again() {
        when(device.numProgramCacheEntries()).thenReturn(1L);

        SERVER.run(InstanceField.class);

        assertThat(STEPS).containsExactly("test true", "clear", "@AfterEach", "clear");
    }

    @TtMemoryCheck
    static class CachesPrograms {
        final TtDevice mesh = found();

        @Test
        void add_and_matmul() {
            compile();
        }

        private static void compile() {
            for (int mesh = 0; mesh < 8; mesh++) {
                client().allocate(mesh, DRAM, 0x3FFF_F800, 12 * KIB);
                client().allocate(mesh, DRAM, 0x3FFF_F000, 24 * KIB);
            }
        }

        @Test
        void and_forgets_a_tensor() {
            compile();
            client().allocate(0, DRAM, 0x1000, KIB);
        }
    }

    @Test
    void what_the_cache_held_is_no_leak_and_is_never_hidden() {
        when(device.numProgramCacheEntries()).thenReturn(2L, 0L);
        doAnswer(call -> {
                    for (int mesh = 0; mesh < 8; mesh++) {
                        client().free(mesh, 0x3FFF_F800);
                        client().free(mesh, 0x3FFF_F000);
                    }
                    return null;
                })
                .when(device)
                .clearProgramCache();

        FixtureRun run = SERVER.run(CachesPrograms.class);

        assertThat(run.failed()).containsExactly("and_forgets_a_tensor()");
        assertThat(run.of("and_forgets_a_tensor()").leak().report().cache()).satisfies(cache -> {
            assertThat(cache.released().of(7, DRAM)).isEqualTo(36 * KIB);
            assertThat(cache.released().of(DRAM)).isEqualTo(8 * 36 * KIB);
        });
    }

    @Test
    void a_device_that_refuses_to_clear_is_said_in_the_message() {
        doThrow(new IllegalStateException("the last operation failed"))
                .when(device)
                .clearProgramCache();

        DeviceMemoryLeakError leak =
                SERVER.run(CachesPrograms.class).of("and_forgets_a_tensor()").leak();

        assertThat(leak.getMessage()).contains("the last operation failed");
    }

    @Test
    void an_error_of_a_binding_is_said_in_the_message_like_an_exception_and_the_residue_is_judged() {
        doThrow(new UnsatisfiedLinkError("no ttnn")).when(device).clearProgramCache();

        DeviceMemoryLeakError leak =
                SERVER.run(CachesPrograms.class).of("and_forgets_a_tensor()").leak();

        assertThat(leak.getMessage())
                .contains("clearProgramCache() failed:", "java.lang.UnsatisfiedLinkError: no ttnn");
    }

    /** What a worker process frees is not seen by this JVM. */
    private static void aWorkerFrees(int device, long address) throws IOException {
        try (TestClient worker = new TestClient(SERVER.server().socket(), Generation.G4)) {
            worker.send(Events.free(device, address));
        }
    }

    @TtMemoryCheck
    static class CachesInAWorker {
        final TtDevice mesh = found();

        @Test
        void compiles_and_forgets_a_tensor() {
            client().allocate(0, DRAM, 0x9000, 36 * KIB);
            client().allocate(0, DRAM, 0xA_0000, KIB);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_the_cache_of_a_worker_held_is_said_whether_its_programs_can_be_counted_or_not(boolean counted) {
        if (counted) {
            when(device.numProgramCacheEntries()).thenReturn(2L, 0L);
        } else {
            when(device.numProgramCacheEntries()).thenThrow(new UnsupportedOperationException("not in this binding"));
        }
        doAnswer(call -> {
                    aWorkerFrees(0, 0x9000);
                    return null;
                })
                .when(device)
                .clearProgramCache();

        DeviceMemoryLeakError leak = SERVER.run(CachesInAWorker.class)
                .of("compiles_and_forgets_a_tensor()")
                .leak();

        assertThat(leak.report().cache().released().of(0, DRAM)).isEqualTo(36 * KIB);
        assertThat(String.valueOf(leak.getMessage()).replaceAll("\\s+", " "))
                .contains("left 1 KiB of DRAM on device 0")
                .contains(
                        counted
                                ? "program cache: held 2 programs; clearing it gave back 36 KiB of DRAM on device 0"
                                : "program cache: held an unknown number of programs (the device does not tell);"
                                        + " clearing it gave back 36 KiB of DRAM on device 0");
    }

    @Test
    void a_device_that_cannot_tell_whether_it_is_open_is_taken_for_closed() {
        when(device.isOpen()).thenThrow(new UnsatisfiedLinkError("no ttnn"));

        assertThat(SERVER.run(InstanceField.class).failed()).isEmpty();

        verify(device, never()).clearProgramCache();
    }

    @TtMemoryCheck
    static class TwoDevices {
        static final TtDevice FIRST_MOCK = mock(TtDevice.class);
        static final TtDevice SECOND_MOCK = mock(TtDevice.class);
        static final TtDevice FIRST = new DelegatingDevice(FIRST_MOCK);
        static final TtDevice SECOND = new DelegatingDevice(SECOND_MOCK);

        @Test
        void uses_them(DeviceMemory memory) {
            assertThat(memory.manage(SECOND)).isSameAs(SECOND);
        }
    }

    @Test
    void a_device_that_is_found_twice_is_cleared_once() {
        for (TtDevice each : List.of(TwoDevices.FIRST_MOCK, TwoDevices.SECOND_MOCK)) {
            when(each.isOpen()).thenReturn(true);
            doAnswer(call -> STEPS.add(each.equals(TwoDevices.FIRST_MOCK) ? "first" : "second"))
                    .when(each)
                    .clearProgramCache();
        }

        SERVER.run(TwoDevices.class);

        assertThat(STEPS).containsExactlyInAnyOrder("first", "second");
    }

    @TtMemoryCheck
    @MemoryBaseline(trace = "1KiB")
    static class CapturesATrace {
        final TtDevice mesh = found();

        @Test
        void keeps_it() {
            client().allocate(0, TRACE, 0x5000, KIB);
        }
    }

    @Test
    void the_cache_is_not_cleared_while_a_trace_is_live() {
        assertThat(SERVER.run(CapturesATrace.class).failed()).isEmpty();

        verify(device, times(0)).clearProgramCache();
        client().free(0, 0x5000);
    }

    @TtMemoryCheck
    static class TracesInDram {
        final TtDevice mesh = found();

        @Test
        void forgets_the_trace() {
            client().allocate(0, DRAM, 0x7000, 64 * KIB);
        }
    }

    @Test
    void the_cache_is_not_cleared_while_the_device_tells_of_a_trace_that_is_reported_as_dram() {
        when(device.traceBuffersSize()).thenReturn(OptionalLong.of(64 * KIB));
        when(device.numProgramCacheEntries()).thenReturn(2L);

        FixtureRun run = SERVER.run(TracesInDram.class);

        verify(device, never()).clearProgramCache();
        String message = String.valueOf(run.of("forgets_the_trace()").leak().getMessage());
        assertThat(message.replaceAll("\\s+", " "))
                .contains("not cleared, it holds 2 programs: a captured trace is live (64 KiB, says the device)")
                .contains("[trace-alive]", "to fix: release the captured trace before the test ends")
                .doesNotContain("deallocate the tensors");
    }

    @Test
    void a_trace_that_is_released_again_is_no_hindrance() {
        when(device.traceBuffersSize()).thenReturn(OptionalLong.of(0));

        SERVER.run(InstanceField.class);

        verify(device).clearProgramCache();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_device_that_fails_to_tell_of_its_traces_may_have_one_so_that_its_cache_is_not_cleared(boolean throwing) {
        if (throwing) {
            when(device.traceBuffersSize()).thenThrow(new UnsatisfiedLinkError("no ttnn"));
        } else {
            when(device.traceBuffersSize()).thenReturn(OptionalLong.of(-1));
        }

        FixtureRun run = SERVER.run(TracesInDram.class);

        verify(device, never()).clearProgramCache();
        assertThat(String.valueOf(run.of("forgets_the_trace()").leak().getMessage())
                        .replaceAll("\\s+", " "))
                .contains("traceBuffersSize() " + (throwing ? "threw" : "says that traces hold -1 bytes"))
                .contains("a captured trace may be live, and clearing the program cache under it is unsafe");
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}

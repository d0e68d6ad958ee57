package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.ttmemorycheck.assertj.TtMemoryAssertions;
import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The parameter that tests look with, the extension registered in code, and classes in which nothing is seen. */
@Timeout(60)
class DeviceMemoryTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static TtDevice device = mock(TtDevice.class);

    @BeforeEach
    void aNewDevice() {
        device = mock(TtDevice.class);
        when(device.isOpen()).thenReturn(true);
    }

    @TtMemoryCheck
    static class LooksForItself {

        private final MemorySnapshot atConstruction;

        LooksForItself(DeviceMemory memory) {
            atConstruction = memory.snapshot();
        }

        @Test
        void sees_what_it_allocates(DeviceMemory memory) {
            client().allocate(2, DRAM, 0x1000, 4 * KIB);

            SnapshotDiff diff = memory.since(atConstruction);
            assertThat(diff.left(2, DRAM)).isEqualTo(4 * KIB);
            assertThat(diff.left())
                    .singleElement()
                    .satisfies(buffer -> assertThat(buffer.address()).isEqualTo(0x1000));
            assertThat(memory.snapshot().allocated(2, DRAM)).isEqualTo(4 * KIB);
            assertThat(memory.dump()).contains("0x00001000");
            client().free(2, 0x1000);
            assertThat(memory.since(atConstruction).isClean()).isTrue();
        }

        @AfterEach
        void also_in_lifecycle_methods(DeviceMemory memory) {
            assertThat(memory.since(atConstruction).isClean()).isTrue();
        }
    }

    @Test
    void a_test_can_look_for_itself() {
        assertThat(SERVER.run(LooksForItself.class).failed()).isEmpty();
    }

    @TtMemoryCheck
    static class ManagesInATest {

        @Test
        void manages_a_device(DeviceMemory memory) {
            assertThat(memory.manage(device)).isSameAs(device);
            memory.clearProgramCaches();
        }

        @Test
        void others_do_not_see_it() {}
    }

    @TtMemoryCheck
    static class ManagesInBeforeAll {

        @BeforeAll
        static void manage(DeviceMemory memory) {
            memory.manage(device);
        }

        @Test
        void first() {}

        @Test
        void second() {}
    }

    @Test
    void a_managed_device_is_cleared_until_the_end_of_the_test_or_class() {
        assertThat(SERVER.run(ManagesInATest.class).failed()).isEmpty();
        verify(device, times(2)).clearProgramCache();

        aNewDevice();
        assertThat(SERVER.run(ManagesInBeforeAll.class).failed()).isEmpty();
        verify(device, times(2)).clearProgramCache();
    }

    static class RegisteredInCode {

        @RegisterExtension
        static final TtMemoryCheckExtension MEMORY = TtMemoryCheckExtension.builder()
                .devices(0, 1)
                .baseline(L1, "12KiB")
                .baseline(1, DRAM, "36KiB")
                .build();

        @Test
        void a_within_the_baseline() {
            client().allocate(0, L1, 0x10_0000, 12 * KIB);
            client().allocate(1, DRAM, 0x20_0000, 36 * KIB);
            client().allocate(2, DRAM, 0x30_0000, 36 * KIB);
        }

        @Test
        void b_leaks() {
            client().allocate(0, DRAM, 0x40_0000, KIB);
        }
    }

    @Test
    void the_extension_registered_in_code_checks_the_same() {
        assertThat(SERVER.run(RegisteredInCode.class).failed()).containsExactly("b_leaks()");
    }

    @TtMemoryCheck
    static class AnnotatedAndRegisteredInCode {

        @RegisterExtension
        static final TtMemoryCheckExtension MEMORY = TtMemoryCheckExtension.builder()
                .devices(0, 1)
                .growthTolerance("1KiB")
                .baseline(DRAM, "36KiB")
                .build();

        @RepeatedTest(3)
        void a_within_the_tolerance_in_code(RepetitionInfo repetition) {
            client().allocate(0, DRAM, 0x50_0000L * repetition.getCurrentRepetition(), KIB);
        }

        @RepeatedTest(3)
        @TtMemoryCheck(growthTolerance = "0B")
        void b_above_that_on_the_method(RepetitionInfo repetition) {
            client().allocate(0, DRAM, 0x60_0001L * repetition.getCurrentRepetition(), KIB);
        }

        @Test
        void c_on_a_device_that_is_not_judged() {
            client().allocate(2, DRAM, 0x30_0000, 64 * KIB);
        }
    }

    @Test
    void what_is_configured_in_code_holds_beside_the_annotation_on_the_class_and_yields_to_one_on_a_method() {
        assertThat(SERVER.run(AnnotatedAndRegisteredInCode.class).failed())
                .containsExactly("b_above_that_on_the_method(RepetitionInfo)");
    }

    @TtMemoryCheck
    static class LooksWhileOff {

        private final MemorySnapshot atConstruction;

        LooksWhileOff(DeviceMemory memory) {
            atConstruction = memory.snapshot();
        }

        @Test
        void looks_and_clears(DeviceMemory memory) {
            memory.manage(new DelegatingDevice(device));
            memory.addCache("rope tables", device::enableProgramCache);
            memory.clearProgramCaches();
            TtMemoryAssertions.assertThat(memory.since(atConstruction))
                    .isClean()
                    .hasBuffersLeft(0);
            assertThat(memory.snapshot().totals().isZero()).isTrue();
            assertThat(memory.dump()).contains("tt.memory.check.mode=off");
        }
    }

    @Test
    void where_the_check_is_off_nothing_is_seen_and_nothing_started_and_caches_are_still_cleared(
            @TempDir Path directory) {
        Path socket = directory.resolve("s");

        FixtureRun run =
                FixtureRun.of(List.of(LooksWhileOff.class), directory, socket, TtMemoryCheckSettings.MODE, "off");

        assertThat(run.failed()).isEmpty();
        assertThat(socket).doesNotExist();
        verify(device).clearProgramCache();
        verify(device).enableProgramCache();
    }

    @Test
    void a_cache_is_not_cleared_under_a_trace_where_the_check_is_off_either(@TempDir Path directory) {
        when(device.traceBuffersSize()).thenReturn(OptionalLong.of(64));

        FixtureRun.of(
                List.of(LooksWhileOff.class), directory, directory.resolve("s"), TtMemoryCheckSettings.MODE, "off");

        verify(device, never()).clearProgramCache();
    }

    @TtMemoryCheck
    static class Idling {

        @Test
        void uses_no_device() {}
    }

    @Test
    void a_class_in_which_nothing_is_seen_is_warned_of_or_fails() {
        assertThat(SERVER.run(Idling.class).failed()).isEmpty();
        assertThat(SERVER.run(Idling.class, TtMemoryCheckSettings.IDLE, "ignore")
                        .failed())
                .isEmpty();

        FixtureRun run = SERVER.run(Idling.class, TtMemoryCheckSettings.IDLE, "fail");

        assertThat(run.failed()).containsExactly("DeviceMemoryTests$Idling");
        assertThat(run.of("DeviceMemoryTests$Idling").throwable().orElseThrow())
                .hasMessageStartingWith(
                        "DeviceMemoryTests.Idling was not checked: its tests ran, and the tracker saw nothing"
                                + " at all\n\n  likely:   no device was opened where it can be seen: the runtime writes");
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}

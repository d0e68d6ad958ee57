package io.github.ttmemorycheck.internal.sites;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.sites.binding.Binding;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which frames are kept of an allocation. */
class AllocationSitesTests {

    @BeforeEach
    void on() {
        AllocationSites.record(true);
    }

    @AfterEach
    void off() {
        AllocationSites.record(false);
        for (long address : new long[] {0x1000, 0x2000, 0x3000}) {
            AllocationSites.freed(Binding.PROCESS, 0, MemoryKind.DRAM, address);
        }
    }

    @Test
    void the_code_that_called_the_binding_is_kept_the_innermost_first() {
        decode();

        assertThat(place(0x1000).text())
                .matches("AllocationSitesTests\\.attention\\(AllocationSitesTests\\.java:\\d+\\)"
                        + " < AllocationSitesTests\\.decode\\(AllocationSitesTests\\.java:\\d+\\)"
                        + " < AllocationSitesTests\\.the_code_that_\\w+\\(AllocationSitesTests\\.java:\\d+\\)");
    }

    private static void decode() {
        attention();
    }

    private static void attention() {
        Binding.tensor(0x1000);
    }

    @Test
    void a_deep_stack_is_kept_to_its_innermost_frames() {
        below(60, 0x1000);

        assertThat(place(0x1000).frames())
                .hasSize(CallingFrames.KEPT)
                .allSatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("below"));
    }

    private static void below(int frames, long address) {
        if (frames == 0) {
            Binding.tensor(address);
        } else {
            below(frames - 1, address);
        }
    }

    @Test
    void buffers_of_one_line_share_their_place() {
        for (int i = 0; i < 3; i++) {
            Binding.tensor(0x1000L * (1 + i));
        }

        assertThat(place(0x2000)).isSameAs(place(0x1000));
        assertThat(place(0x3000)).isSameAs(place(0x1000));
    }

    @Test
    void methods_that_look_alike_are_places_of_their_own() {
        one(0x1000);
        another(0x2000);

        assertThat(place(0x1000).text()).contains("AllocationSitesTests.one(");
        assertThat(place(0x2000).text()).contains("AllocationSitesTests.another(");
    }

    private static void one(long address) {
        Binding.tensor(address);
    }

    private static void another(long address) {
        Binding.tensor(address);
    }

    @Test
    void frames_of_the_jdk_neither_end_a_binding_nor_are_kept() {
        Binding.tensors(0x1000);

        assertThat(place(0x1000).text())
                .matches("AllocationSitesTests\\.frames_of_the_jdk_\\w+\\(AllocationSitesTests\\.java:\\d+\\)");
    }

    @Test
    void a_binding_that_is_never_left_is_named_itself() {
        Binding.tensorBelow(CallingFrames.LOOKED_AT, 0x1000);

        assertThat(place(0x1000).text())
                .startsWith("Binding.tensor(Binding.java:")
                .contains(" < Binding.tensorBelow(Binding.java:");
    }

    @Test
    void nothing_is_recorded_while_it_is_off() {
        AllocationSites.record(false);
        Binding.tensor(0x1000);

        assertThat(AllocationSites.find(buffer(0x1000))).isEmpty();
    }

    @Test
    void a_frame_without_a_file_or_a_line_is_named_without() {
        assertThat(new AllocationSite(List.of(
                                new StackTraceElement("ai.Llama", "decode", null, -1),
                                new StackTraceElement("Plain", "main", "Plain.java", -1)))
                        .text())
                .isEqualTo("Llama.decode(unknown source) < Plain.main(Plain.java)");
        assertThat(new AllocationSite(List.of()).text()).isEqualTo("unknown code");
    }

    private static AllocationSite place(long address) {
        return AllocationSites.find(buffer(address)).orElseThrow();
    }

    private static DeviceBuffer buffer(long address) {
        return new DeviceBuffer(0, MemoryKind.DRAM, address, 1024, 1, 1, Binding.PROCESS, 1, 0);
    }
}

package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.attach.KnownBuffers.Listing;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dumps say of buffers, beside the totals that the server answers. */
class KnownBuffersTests {

    private static final MemoryPool DRAM_0 = new MemoryPool(0, MemoryKind.DRAM);
    private static final MemoryPool L1_0 = new MemoryPool(0, MemoryKind.L1);
    private static final MemoryPool L1_1 = new MemoryPool(1, MemoryKind.L1);

    private static final String TWO_DEVICES = """
            ║   REMAINING ALLOCATED BUFFERS    ║
            Total tracked allocations: 2

            Device 0:
              DRAM: 1 buffers, 0.0117188 MB total
                - Buffer 0x1000: 12 KB (PID 4711, ref_count=1)

            Device 1:
              L1: 1 buffers, 0.00390625 MB total
                - Buffer 0x2000: 4 KB (PID 4711, ref_count=1)

            Total remaining buffers: 2
            """;

    private static final MemoryTotals HELD =
            MemoryTotals.builder().add(DRAM_0, 12288).add(L1_1, 4096).build();

    private final KnownBuffers known = new KnownBuffers();

    private Listing take(String text, MemoryTotals totals) {
        DumpParser parser = new DumpParser();
        ParsedDump dump = text.lines()
                .flatMap(line -> parser.line(line).stream())
                .findFirst()
                .orElseThrow();
        return known.take(dump, totals, 0);
    }

    private static List<Long> orders(Listing listing) {
        return listing.buffers().stream().map(DeviceBuffer::order).toList();
    }

    @Test
    void a_dump_that_agrees_with_the_totals_names_all() {
        Listing listing = take(TWO_DEVICES, HELD);

        assertThat(listing.isComplete()).isTrue();
        assertThat(listing.named()).contains(DRAM_0, L1_0, L1_1);
        assertThat(listing.buffers()).extracting(DeviceBuffer::pool).containsExactly(DRAM_0, L1_1);
    }

    /** The dump counts as many as it should: only the totals tell that device 0 holds no L1. */
    @Test
    void a_later_line_of_a_device_that_was_lost_names_none_of_the_kinds_in_doubt() {
        Listing listing = take(TWO_DEVICES.replace("Device 1:", ""), HELD);

        assertThat(listing.isComplete()).isFalse();
        assertThat(listing.named()).contains(DRAM_0).doesNotContain(L1_0, L1_1);
    }

    @Test
    void a_line_of_a_device_that_was_lost_between_two_of_one_kind_shows_in_the_sum() {
        Listing listing = take(
                TWO_DEVICES.replace("L1:", "DRAM:").replace("Device 1:", ""),
                MemoryTotals.builder()
                        .add(DRAM_0, 12288)
                        .add(1, MemoryKind.DRAM, 4096)
                        .build());

        assertThat(listing.isComplete()).isFalse();
        assertThat(listing.named()).isEmpty();
    }

    @Test
    void a_buffer_that_is_listed_again_is_the_same_and_one_that_was_not_there_in_between_is_another() {
        Listing first = take(TWO_DEVICES, HELD);
        assertThat(orders(take(TWO_DEVICES, HELD))).isEqualTo(orders(first));

        take("✓ No buffers remaining - perfect cleanup!", MemoryTotals.NONE);
        assertThat(orders(take(TWO_DEVICES, HELD))).doesNotContainAnyElementsOf(orders(first));
    }

    /** Else what was held all along would look allocated meanwhile, and be a leak of whichever test ran. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Device 1:",
                "  L1: 1 buffers, 0.00390625 MB total",
                "    - Buffer 0x2000: 4 KB (PID 4711, ref_count=1)",
                "Total tracked allocations: 2"
            })
    void a_line_that_was_lost_once_makes_no_buffer_another(String line) {
        Listing first = take(TWO_DEVICES, HELD);
        take(TWO_DEVICES.replace(line, ""), HELD);

        assertThat(orders(take(TWO_DEVICES, HELD))).isEqualTo(orders(first));
    }

    @Test
    void buffers_that_were_too_many_to_be_named_for_a_while_are_the_same_afterwards() {
        Listing first = take(TWO_DEVICES, HELD);
        take(
                TWO_DEVICES
                        .replace("tracked allocations: 2", "tracked allocations: 12")
                        .replace("L1: 1 buffers", "L1: 11 buffers")
                        .replace("    - Buffer 0x2000: 4 KB (PID 4711, ref_count=1)\n", ""),
                MemoryTotals.builder().add(DRAM_0, 12288).add(L1_1, 11 * 4096).build());

        assertThat(orders(take(TWO_DEVICES, HELD))).isEqualTo(orders(first));
    }
}

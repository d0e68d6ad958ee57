package io.github.ttmemorycheck.internal.sites;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long the place of a buffer is kept, and how many are. */
class SiteTableTests {

    private static final AllocationSite A = site("a");
    private static final AllocationSite B = site("b");
    private static final AllocationSite C = site("c");

    private final SiteTable table = new SiteTable(2, 2);

    @Test
    void a_further_reference_keeps_the_place_of_the_first_until_the_last_is_freed() {
        table.allocated(dram(1), A);
        table.allocated(dram(1), B);

        assertThat(table.find(dram(1), 2)).contains(A);
        table.freed(dram(1));
        assertThat(table.find(dram(1), 1)).contains(A);
        table.freed(dram(1));
        assertThat(table.find(dram(1), 1)).isEmpty();
        table.allocated(dram(1), B);
        assertThat(table.find(dram(1), 1)).contains(B);
    }

    @Test
    void what_is_only_the_later_part_of_what_is_recorded_is_of_the_place_of_the_last() {
        table.allocated(dram(1), A);
        table.allocated(dram(1), B);

        assertThat(table.find(dram(1), 1)).contains(B);
    }

    @Test
    void the_last_circular_buffer_at_an_address_counts() {
        SiteTable.Key key = SiteTable.Key.of(7, 0, MemoryKind.CIRCULAR_BUFFER, 1);
        table.allocated(key, A);
        table.allocated(key, B);

        assertThat(table.find(key, 1)).contains(B);
        table.freed(key);
        assertThat(table.find(key, 1)).contains(B);
    }

    @Test
    void the_same_address_of_another_process_device_or_space_is_another() {
        table.allocated(dram(1), A);

        assertThat(table.find(SiteTable.Key.of(8, 0, MemoryKind.DRAM, 1), 1)).isEmpty();
        assertThat(table.find(SiteTable.Key.of(7, 1, MemoryKind.DRAM, 1), 1)).isEmpty();
        assertThat(table.find(SiteTable.Key.of(7, 0, MemoryKind.KERNEL, 1), 1)).isEmpty();
        assertThat(table.find(SiteTable.Key.of(7, 0, MemoryKind.L1, 1), 1)).contains(A);
    }

    @Test
    void buffers_beyond_the_limit_are_not_recorded_until_others_are_freed() {
        table.allocated(dram(1), A);
        table.allocated(dram(2), A);
        assertThat(table.isFull()).isFalse();

        table.allocated(dram(3), A);
        assertThat(table.find(dram(3), 1)).isEmpty();
        assertThat(table.isFull()).isTrue();

        table.freed(dram(1));
        table.allocated(dram(3), A);
        assertThat(table.find(dram(3), 1)).contains(A);
    }

    @Test
    void places_beyond_the_limit_are_not_recorded_and_known_ones_still_are() {
        table.allocated(dram(1), A);
        table.freed(dram(1));
        table.allocated(dram(1), B);

        table.allocated(dram(2), C);
        assertThat(table.find(dram(2), 1)).isEmpty();
        assertThat(table.isFull()).isTrue();
        table.allocated(dram(2), A);
        assertThat(table.find(dram(2), 1)).contains(A);
    }

    @Test
    void addresses_of_pages_are_spread_over_the_bins() {
        Set<Integer> bins = new HashSet<>();
        for (int page = 0; page < 1024; page++) {
            int hash = dram((long) page << 21).hashCode();
            bins.add((hash ^ hash >>> 16) & 1023);
        }

        assertThat(bins).hasSizeGreaterThan(512);
    }

    private static SiteTable.Key dram(long address) {
        return SiteTable.Key.of(7, 0, MemoryKind.DRAM, address);
    }

    private static AllocationSite site(String method) {
        return new AllocationSite(List.of(new StackTraceElement("Llama", method, "Llama.java", 1)));
    }
}

package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SizeColumnsTests {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long GIB = 1024 * MIB;

    private static List<String> column(Long... sizes) {
        return SizeColumns.of(List.of(List.of(sizes)), SizeColumns.NONE).get(0);
    }

    @Test
    void a_column_has_one_unit_in_which_all_are_whole() {
        assertThat(column(36 * KIB, 0L, 8 * MIB)).containsExactly("36 KiB", "-", "8192 KiB");
        assertThat(column(2 * GIB, 8 * GIB)).containsExactly("2 GiB", "8 GiB");
    }

    @Test
    void a_unit_in_which_numbers_get_long_gives_way_to_one_with_decimals() {
        assertThat(column(512 * KIB, 128 * MIB)).containsExactly("0.50 MiB", "128    MiB");
    }

    @Test
    void a_single_amount_is_written_as_in_a_sentence() {
        assertThat(column(8205 * KIB)).containsExactly("8.01 MiB");
        assertThat(column(400_000 * KIB, 400_000 * KIB)).containsExactly("390.63 MiB", "390.63 MiB");
    }

    @Test
    void amounts_that_differ_by_a_byte_look_different() {
        assertThat(column(8 * GIB, 8 * GIB + 1)).containsExactly("8    GiB", "8.00 GiB");
        assertThat(column(8 * GIB + 2, 8 * GIB + 1)).containsExactly("8589934594 B", "8589934593 B");
    }

    @Test
    void columns_that_differ_by_a_byte_look_different() {
        assertThat(SizeColumns.of(List.of(List.of(8205 * KIB), List.of(8204 * KIB)), "-"))
                .containsExactly(List.of("8205 KiB"), List.of("8204 KiB"));
    }

    @Test
    void the_largest_figure_stands_for_all_above() {
        assertThat(column(Long.MAX_VALUE, -1L, Long.MAX_VALUE - 1)).containsExactly("8+ EiB", "8+ EiB", "8.00 EiB");
    }

    @Test
    void nothing_that_differs_looks_the_same_and_no_cell_is_wide() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            List<List<Long>> columns = new ArrayList<>();
            for (int column = 0; column < 4; column++) {
                List<Long> sizes = new ArrayList<>();
                for (int row = 0; row < 4; row++) {
                    sizes.add(random.nextLong(8) * (1L << random.nextInt(50)) + random.nextLong(2));
                }
                columns.add(sizes);
            }
            Map<String, Long> meanings = new HashMap<>();
            List<List<String>> cells = SizeColumns.of(columns, SizeColumns.NONE);
            for (int column = 0; column < 4; column++) {
                for (int row = 0; row < 4; row++) {
                    String text = cells.get(column).get(row).replaceAll(" +", " ");
                    Long before = meanings.put(text, columns.get(column).get(row));
                    if (before != null) {
                        assertThat(before)
                                .as("%s in %s", text, cells)
                                .isEqualTo(columns.get(column).get(row));
                    }
                    assertThat(text).hasSizeLessThanOrEqualTo(20);
                }
            }
        }
    }
}

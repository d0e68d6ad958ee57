package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SizeCellsTests {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long GIB = 1024 * MIB;

    private static List<String> cells(Long... sizes) {
        SizeCells cells = new SizeCells(Stream.of(sizes).mapToLong(Long::longValue));
        return Stream.of(sizes).map(cells::textOrNone).toList();
    }

    @Test
    void each_amount_is_written_as_in_a_sentence() {
        assertThat(cells(36 * KIB, 0L, 4 * MIB, 8205 * KIB, 400_000 * KIB))
                .containsExactly("36 KiB", "-", "4 MiB", "8.01 MiB", "390.63 MiB");
        assertThat(new SizeCells(LongStream.of(0)).text(0)).isEqualTo("0 B");
    }

    @Test
    void amounts_that_differ_and_would_look_the_same_are_written_exactly() {
        assertThat(cells(8205 * KIB, 8204 * KIB, 12 * KIB)).containsExactly("8205 KiB", "8204 KiB", "12 KiB");
        assertThat(cells(8 * GIB, 8 * GIB + 1, 8 * GIB + KIB)).containsExactly("8 GiB", "8589934593 B", "8388609 KiB");
        assertThat(cells(8205 * KIB, 8205 * KIB)).containsExactly("8.01 MiB", "8.01 MiB");
    }

    @Test
    void a_list_with_an_amount_that_is_written_exactly_is_exact_throughout() {
        List<Long> amounts = List.of(8 * MIB, 8205 * KIB, 8206 * KIB);
        SizeCells cells = new SizeCells(amounts.stream().mapToLong(Long::longValue));

        assertThat(cells.texts(amounts)).containsExactly("8192 KiB", "8205 KiB", "8206 KiB");
        assertThat(cells.texts(amounts.subList(0, 1))).containsExactly("8 MiB");
    }

    @Test
    void the_largest_figure_stands_for_all_above() {
        assertThat(cells(Long.MAX_VALUE, -1L, Long.MAX_VALUE - 1)).containsExactly("8+ EiB", "8+ EiB", "8.00 EiB");
    }

    @Test
    void nothing_that_differs_looks_the_same() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            long[] sizes = random.longs(16, 0, 8)
                    .map(size -> size * (1L << random.nextInt(50)) + random.nextLong(2))
                    .toArray();
            SizeCells cells = new SizeCells(LongStream.of(sizes));
            Map<String, Long> meanings = new HashMap<>();
            for (long size : sizes) {
                assertThat(meanings.merge(cells.textOrNone(size), size, (one, other) -> one))
                        .as(cells.textOrNone(size))
                        .isEqualTo(size);
            }
        }
    }
}

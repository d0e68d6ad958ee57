package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnsignedTotalTests {

    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    @Test
    void is_exact_for_any_sequence_of_sizes_and_cut_off_only_when_shown() {
        SplittableRandom random = new SplittableRandom(64);
        UnsignedTotal total = new UnsignedTotal();
        BigInteger expected = BigInteger.ZERO;
        Deque<Long> added = new ArrayDeque<>();
        for (int step = 0; step < 20_000; step++) {
            boolean add = added.isEmpty() || random.nextInt(100) < (step < 10_000 ? 60 : 30);
            long size = add ? -random.nextLong(3) + random.nextLong(2) * random.nextLong() : added.pop();
            BigInteger exact = new BigInteger(Long.toUnsignedString(size));
            if (add) {
                added.push(size);
                total.add(size);
                expected = expected.add(exact);
            } else {
                total.subtract(size);
                expected = expected.subtract(exact);
            }
            boolean fits = expected.compareTo(TWO_TO_64) < 0;
            assertThat(total.isExact()).isEqualTo(fits);
            assertThat(total.shown()).isEqualTo(fits ? expected.longValue() : -1L);
        }
    }

    @Test
    void adds_and_subtracts_whole_totals() {
        UnsignedTotal large = new UnsignedTotal();
        large.add(-1);
        large.add(-1);
        UnsignedTotal total = new UnsignedTotal();
        total.add(7);
        total.add(large);
        assertThat(total.isExact()).isFalse();
        assertThat(total.shown()).isEqualTo(-1);
        total.subtract(large);
        assertThat(total.shown()).isEqualTo(7);
        assertThat(total.isAtMost(7)).isTrue();
        assertThat(total.isAtMost(6)).isFalse();
        assertThat(large.isAtMost(-1)).isFalse();
    }
}

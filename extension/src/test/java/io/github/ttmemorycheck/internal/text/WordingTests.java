package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTests {

    @ParameterizedTest
    @CsvSource({
        "0, <0.1 ms",
        "99999, <0.1 ms",
        "300000, 0.3 ms",
        "999999, 0.9 ms",
        "1000000, 1 ms",
        "999999999, 999 ms",
        "1000000000, 1 s",
        "1540000000, 1.5 s",
        "99900000000, 99.9 s",
        "100500000000, 100 s",
        "125900000000, 125 s",
        "86400000000000, 86 400 s"
    })
    void times_have_few_digits(long nanos, String text) {
        assertThat(Wording.time(nanos)).isEqualTo(text);
    }

    @Test
    void a_duration_of_any_length_can_be_written() {
        assertThat(Wording.time(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo("9 223 372 036 854 775 807 s");
        assertThat(Wording.time(Duration.ofMillis(250))).isEqualTo("250 ms");
    }

    @Test
    void counts_agree_with_their_nouns() {
        assertThat(Wording.count(1, "buffer")).isEqualTo("1 buffer");
        assertThat(Wording.count(0, "buffer")).isEqualTo("0 buffers");
        assertThat(Wording.count(2, "more process")).isEqualTo("2 more processes");
        assertThat(Wording.count(9_999, "row")).isEqualTo("9999 rows");
        assertThat(Wording.count(10_000, "row")).isEqualTo("10 000 rows");
        assertThat(Wording.count(100_000, "row")).isEqualTo("100 000 rows");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 0 programs",
        "1, 0, 2, 1 program",
        "0, 1, 1, an unknown number of programs (the device does not tell)",
        "0, 2, 2, an unknown number of programs (the devices do not tell)",
        "0, 1, 3, an unknown number of programs (1 of 3 devices does not tell)",
        "5, 2, 3, at least 5 programs (2 of 3 devices do not tell)"
    })
    void programs_that_cannot_be_counted_are_not_none(long counted, int uncounted, int devices, String text) {
        assertThat(Wording.programs(counted, uncounted, devices)).isEqualTo(text);
    }

    @Test
    void once_twice_and_then_numbers() {
        assertThat(List.of(Wording.times(1), Wording.times(2), Wording.times(3)))
                .containsExactly("once", "twice", "3 times");
    }

    @Test
    void lists_end_with_and() {
        assertThat(Wording.list(List.of())).isEmpty();
        assertThat(Wording.list(List.of("a"))).isEqualTo("a");
        assertThat(Wording.list(List.of("a", "b"))).isEqualTo("a and b");
        assertThat(Wording.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    }

    @Test
    void what_was_thrown_is_one_line_whatever_it_says() {
        assertThat(Wording.thrown(
                        new IllegalStateException("TT_FATAL @ device.cpp:12: held\ninfo:\n\tbacktrace\u0007")))
                .isEqualTo("java.lang.IllegalStateException: TT_FATAL @ device.cpp:12: held info: backtrace\\u0007");
        assertThat(Wording.thrown(new IllegalStateException("frame ".repeat(1_000))))
                .hasSize(303)
                .endsWith("...");
        String prefix = IllegalStateException.class.getName() + ": ";
        String longest = "x".repeat(300 - prefix.length());
        assertThat(Wording.thrown(new IllegalStateException(longest))).isEqualTo(prefix + longest);
        assertThat(Wording.thrown(new Unspeakable())).isEqualTo(Unspeakable.class.getName());
    }

    private static final class Unspeakable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("its native side is gone");
        }
    }
}

package io.github.ttmemorycheck.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTests {

    private static final String ALLOWED =
            "; allowed are a number and one of B, KiB, MiB, GiB, TiB, for example '36KiB'";

    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "36KiB, 36864",
        "' 1.5  mib ', 1572864",
        "0.5KIB, 512",
        "1GiB, 1073741824",
        "1 TiB, 1099511627776",
        "9223372036854775807B, 9223372036854775807"
    })
    void a_size_is_read_in_any_case_and_with_spaces(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "36           | the unit is missing",
                "KiB          | it must be a number and a unit",
                "-1B          | it must be a number and a unit",
                "36KB         | 'KB' is not a unit (write 'KiB')",
                "36m          | 'm' is not a unit (write 'MiB')",
                "36PiB        | 'PiB' is not a unit",
                "0.5B         | it is not a whole number of bytes",
                "0.0001 KiB   | it is not a whole number of bytes",
                "8388608TiB   | it is more than 8 EiB",
                "9223372036854775808B | it is more than 8 EiB"
            })
    void what_is_no_size_is_refused_with_what_is_allowed(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(text))
                .withMessage("'" + text + "' is not a size: " + why + ALLOWED);
    }

    @Test
    void a_number_of_a_hundred_digits_is_read_and_one_of_more_is_not() {
        String digits = "1".repeat(100);

        assertThat(ByteSize.parse("0".repeat(99) + "7B").bytes()).isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(digits + "1B"))
                .withMessage("'" + digits + "...' is not a size: its number has more than 100 digits" + ALLOWED);
    }

    @Test
    void no_size_is_negative() {
        assertThat(new ByteSize(0).bytes()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ByteSize(-1))
                .withMessage("a size must be 0 bytes or more, not -1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B, 0B",
        "1023, 1023 B, 1023B",
        "1024, 1 KiB, 1KiB",
        "1536, 1.50 KiB, 1536B",
        "1048575, 1024.00 KiB, 1048575B",
        "1048576, 1 MiB, 1MiB",
        "8405000, 8.02 MiB, 8405000B",
        "1125899906842624, 1 PiB, 1024TiB",
        "1152921504606846976, 1 EiB, 1048576TiB",
        "9223372036854775807, 8.00 EiB, 9223372036854775807B"
    })
    void a_size_is_written_for_people_and_exactly(long bytes, String text, String exact) {
        assertThat(ByteSize.format(bytes)).isEqualTo(text);
        assertThat(new ByteSize(bytes)).hasToString(text);
        assertThat(new ByteSize(bytes).exact()).isEqualTo(exact);
    }

    @Test
    void what_a_long_cannot_hold_is_written_unsigned_and_added_up_to_the_most() {
        assertThat(ByteSize.format(-1)).isEqualTo("18446744073709551615 B");
        assertThat(ByteSize.sum(2, 3)).isEqualTo(5);
        assertThat(ByteSize.sum(LongStream.of(-1, 1))).isEqualTo(Long.MAX_VALUE);
        assertThat(ByteSize.sum(1, -1)).isEqualTo(Long.MAX_VALUE);
        assertThat(ByteSize.sum(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(ByteSize.sum(LongStream.of(1, 20, 300))).isEqualTo(321);
    }
}

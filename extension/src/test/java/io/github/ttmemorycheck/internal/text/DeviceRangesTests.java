package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceRangesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3                   | 3",
                "0 1 2 4 5 6 7       | 0-2, 4-7",
                "7 0 7               | 0, 7",
                "-3 -2 -1 0 1        | -3, -2, -1, 0-1",
                "2147483646 2147483647 | 2147483646-2147483647"
            })
    void devices_are_written_as_ranges(String devices, String ranges) {
        assertThat(DeviceRanges.of(parse(devices))).isEqualTo(ranges);
    }

    @Test
    void ranges_that_are_too_wide_end_with_how_many_more_there_are() {
        List<Integer> even = IntStream.range(0, 32).mapToObj(i -> i * 2).toList();

        assertThat(DeviceRanges.of(even, 20)).isEqualTo("0, 2, 4, 6, +28 more");
        assertThat(DeviceRanges.of(parse("0 1 2 3 10 20 30 40"), 15)).isEqualTo("0-3, +4 more");
        assertThat(DeviceRanges.of(even, 5)).isEqualTo("32 devices");
    }

    @Test
    void one_device_and_several_are_named() {
        assertThat(DeviceRanges.named(List.of(3), 20)).isEqualTo("device 3");
        assertThat(DeviceRanges.named(parse("0 1 2 3"), 20)).isEqualTo("devices 0-3");
    }

    private static List<Integer> parse(String devices) {
        return Stream.of(devices.trim().split(" ", -1)).map(Integer::valueOf).toList();
    }

    @Test
    void what_just_fits_is_written_out() {
        assertThat(DeviceRanges.of(parse("0 2"), 4)).isEqualTo("0, 2");
        assertThat(DeviceRanges.named(parse("0 20 40 6"), 20)).isEqualTo("devices 0, 6, 20, 40");
        assertThat(DeviceRanges.named(parse("0 20 40 60"), 20)).isEqualTo("devices 0, +3 more");
    }
}

package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.NOTHING;
import static io.github.ttmemorycheck.assertj.Snapshots.failureOf;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShouldHaveDevicesTests {

    @Test
    void those_devices_pass_in_any_order() {
        assertThat(NOTHING).hasDevices(1, 0);
    }

    @Test
    void missing_and_unexpected_devices_are_told() {
        assertThat(failureOf(() -> assertThat(NOTHING).hasDevices(1, 2, 3, 4, 6, 7)))
                .isEqualTo(message("""
                There should be figures for devices 1-4, 6-7, but there are for devices 0-1
                  missing:    devices 2-4, 6-7
                  unexpected: device 0
                  to fix:     open the missing devices with TT_ALLOC_TRACKING_ENABLED=1 set, or state those there
                              are
                """));
    }

    @Test
    void no_devices_are_a_statement_too() {
        assertThat(failureOf(() -> assertThat(NOTHING).hasDevices())).isEqualTo(message("""
                There should be figures for no device, but there are for devices 0-1
                  missing:    no device
                  unexpected: devices 0-1
                  to fix:     open the missing devices with TT_ALLOC_TRACKING_ENABLED=1 set, or state those there
                              are
                """));
    }

    @Test
    void one_device_too_many_is_not_those_devices() {
        assertThat(failureOf(() -> assertThat(NOTHING).hasDevices(0)))
                .startsWith("There should be figures for device 0, but there are for devices 0-1\n");
    }
}

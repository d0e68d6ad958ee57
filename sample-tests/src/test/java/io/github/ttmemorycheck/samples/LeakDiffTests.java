package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.DeviceMemoryLeakError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows in a green build what a leak looks like: a leaking sample is run, and its message is printed. */
@Timeout(60)
class LeakDiffTests {

    private static final Logger LOG = LoggerFactory.getLogger(LeakDiffTests.class);

    @Test
    void a_leak_diff_is_shown() {
        Throwable leak = SampleRun.of(OneDeviceLeakTests.class).failures().get(0);

        assertThat(leak).isInstanceOf(DeviceMemoryLeakError.class);
        LOG.info("a leak on the SIMULATED mesh looks like this (the build stays green):\n\n{}\n", leak.getMessage());
    }
}

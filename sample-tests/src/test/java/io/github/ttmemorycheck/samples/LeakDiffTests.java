package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ttmemorycheck.DeviceMemoryLeakError;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows in a green build what a leak looks like: a leaking sample is run, and its message is printed. */
@Timeout(60)
class LeakDiffTests {

    private static final Logger LOG = LoggerFactory.getLogger(LeakDiffTests.class);

    @Test
    void a_leak_diff_is_shown() {
        Throwable leak = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OneDeviceLeakTests.class))
                .configurationParameter(
                        SimulatedMeshDevice.SOCKET_PROPERTY, System.getProperty(SimulatedMeshDevice.SOCKET_PROPERTY))
                .execute()
                .testEvents()
                .failed()
                .list()
                .get(0)
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();

        assertThat(leak).isInstanceOf(DeviceMemoryLeakError.class);
        LOG.info("a leak on the SIMULATED mesh looks like this (the build stays green):\n\n{}\n", leak.getMessage());
    }
}

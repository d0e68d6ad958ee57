package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.device.TtDevice;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How small the device class of a binding can be. */
class DeviceBindingTests {

    @Test
    void a_cleared_program_cache_stays_enabled() {
        BoundDevice device = new BoundDevice();
        device.enableProgramCache();
        device.run("matmul");

        device.clearProgramCache();
        assertThat(device.numProgramCacheEntries()).isZero();

        device.run("matmul");
        assertThat(device.numProgramCacheEntries()).isOne();
    }

    private static final class BoundDevice implements TtDevice {

        private final Set<String> programCache = new HashSet<>();
        private boolean cacheEnabled;

        void run(String program) {
            if (cacheEnabled) {
                programCache.add(program);
            }
        }

        @Override
        public void enableProgramCache() {
            cacheEnabled = true;
        }

        @Override
        public void clearProgramCache() {
            programCache.clear();
        }

        @Override
        public void disableAndClearProgramCache() {
            cacheEnabled = false;
            programCache.clear();
        }

        @Override
        public long numProgramCacheEntries() {
            return programCache.size();
        }
    }
}

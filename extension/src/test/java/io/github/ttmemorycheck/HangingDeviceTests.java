package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.device.TtDevice;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device of which a method never returns. */
@Timeout(60)
class HangingDeviceTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static Hangs hangs = Hangs.CLEARING;
    private static final AtomicInteger CALLS = new AtomicInteger();

    enum Hangs {
        CLEARING("HangingDevice.clearProgramCache() failed: it did not return within 200 ms"),
        COUNTING("HangingDevice.clearProgramCache() failed: it was not called, since an earlier call did not return"),
        OPENNESS("HangingDevice.clearProgramCache() failed: it was not called, since an earlier call did not return");

        private final String said;

        Hangs(String said) {
            this.said = said;
        }

        void here() {
            if (this == hangs) {
                CALLS.incrementAndGet();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException("interrupted", interrupted);
                }
            }
        }
    }

    private static final class HangingDevice implements TtDevice {

        @Override
        public void enableProgramCache() {}

        @Override
        public void clearProgramCache() {
            Hangs.CLEARING.here();
        }

        @Override
        public void disableAndClearProgramCache() {}

        @Override
        public long numProgramCacheEntries() {
            Hangs.COUNTING.here();
            return 1;
        }

        @Override
        public boolean isOpen() {
            Hangs.OPENNESS.here();
            return true;
        }
    }

    @TtMemoryCheck
    static class OnAHangingDevice {

        static final TtDevice DEVICE = new HangingDevice();

        @Test
        void a_leaks() {
            client().allocate(0, DRAM, 0x7000, 4 * KIB);
        }

        @Test
        void b_is_clean() {}

        @Test
        void c_is_clean() {}
    }

    @BeforeEach
    void count() {
        CALLS.set(0);
    }

    @ParameterizedTest
    @EnumSource
    void what_does_not_return_is_interrupted_and_said_and_left_alone_for_the_rest_of_the_class(Hangs where) {
        hangs = where;

        FixtureRun run = SERVER.run(
                OnAHangingDevice.class,
                TtMemoryCheckSettings.DEVICE_TIMEOUT,
                "200ms",
                TtMemoryCheckSettings.TRACKER,
                "embedded");

        assertThat(run.failed()).containsExactly("a_leaks()");
        assertThat(run.of("a_leaks()").words())
                .contains("left 4 KiB of DRAM on device 0")
                .contains(where.said);
        assertThat(CALLS).hasValue(1);
    }
}

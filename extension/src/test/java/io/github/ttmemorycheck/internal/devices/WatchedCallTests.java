package io.github.ttmemorycheck.internal.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ttmemorycheck.Printed;
import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Calls on the test's own thread that take too long. */
@Timeout(60)
@Isolated("it sets how long a call may take, and catches what is printed")
class WatchedCallTests {

    private static final Duration BOUND = Duration.ofMillis(50);

    private final Object device = new Object();

    @BeforeEach
    void shorten() {
        WatchedCall.bound(BOUND, TtMemoryCheckSettings.DEVICE_TIMEOUT);
    }

    @AfterEach
    void restore() {
        WatchedCall.bound(Duration.ofSeconds(10), TtMemoryCheckSettings.DEVICE_TIMEOUT);
        WatchedCall.forgive();
    }

    private static boolean waitForEver() throws InterruptedException {
        new CountDownLatch(1).await();
        return true;
    }

    @Test
    void one_that_waits_is_interrupted_and_its_object_left_alone_until_that_is_forgiven() throws Exception {
        AtomicInteger called = new AtomicInteger();
        String logged = Printed.during(() -> assertThatExceptionOfType(WatchedCall.LateException.class)
                .isThrownBy(() -> WatchedCall.of(device, "Mesh.clearProgramCache()", WatchedCallTests::waitForEver))
                .withMessageStartingWith("it did not return within 50 ms (tt.memory.check.deviceTimeout)"));

        assertThat(logged)
                .contains("WARN io.github.ttmemorycheck - Mesh.clearProgramCache() has not returned within 50 ms")
                .contains("; it is at ");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatExceptionOfType(WatchedCall.LateException.class)
                .isThrownBy(() -> WatchedCall.of(device, "Mesh.isOpen()", called::incrementAndGet))
                .withMessage("it was not called, since an earlier call did not return within 50 ms");
        assertThat(called).hasValue(0);
        assertThat(WatchedCall.of(new Object(), "Other.isOpen()", called::incrementAndGet))
                .isEqualTo(1);

        WatchedCall.forgive();

        assertThat(WatchedCall.of(device, "Mesh.isOpen()", called::incrementAndGet))
                .isEqualTo(2);
    }

    @Test
    void one_that_no_interrupt_ends_is_waited_for_and_where_it_stands_is_logged() throws IOException {
        long begun = System.nanoTime();
        String logged =
                Printed.during(() -> assertThat(of("Mesh.isOpen()", begun)).isEqualTo("done"));

        assertThat(logged).hasLineCount(1).contains("Mesh.isOpen() has not returned within 50 ms", "; it is at ");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** Takes four times as long as it may, whatever happens. */
    private String of(String what, long begun) {
        try {
            return WatchedCall.of(device, what, () -> {
                while (System.nanoTime() - begun < 4 * BOUND.toNanos()) {
                    Thread.onSpinWait();
                }
                return "done";
            });
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void the_interrupt_of_a_test_is_kept_from_the_call_and_stands_after_it() throws Exception {
        Thread.currentThread().interrupt();

        boolean interrupted = WatchedCall.of(device, "Mesh.isOpen()", Thread.currentThread()::isInterrupted);

        assertThat(interrupted).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void what_it_throws_in_time_is_thrown() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> WatchedCall.of(device, "x", () -> {
                    throw new IllegalStateException("reset");
                }));
        assertThat(WatchedCall.isNews(new IllegalStateException("reset"))).isTrue();
    }
}

package io.github.ttmemorycheck.internal.check;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Forces garbage collections until nothing more is freed by them, with a bound on each wait.
 *
 * <p>{@link System#gc()} returns when the collection is done, but Cleaners run after it; so what is left is watched for
 * a while after each collection. Where {@code -XX:+DisableExplicitGC} makes the call do nothing, the JVM's diagnostic
 * command is used. A reference that a collection must enqueue shows whether one ran at all.
 */
record ForcedCollection(Runnable collector, long unchangedForNanos) {

    /** A collection that frees nothing ends it; three are enough for objects that are only freed once others are. */
    private static final int ROUNDS = 3;

    private static final long ENQUEUED_WITHIN_MILLIS = 1_000;

    /**
     * Cleaners run up to 6 ms after a collection on a quiet machine; a busy one keeps their threads waiting. Only a
     * test that leaks spends this time, and it is a tenth of what such a test waits by default.
     */
    private static final long UNCHANGED_FOR_NANOS = 100_000_000;

    /** The same where nothing of this JVM reported what is left, so that no Cleaner of it is likely to free it. */
    private static final long UNCHANGED_BRIEFLY_NANOS = 20_000_000;

    private static final long WATCH_AT_MOST_NANOS = 500_000_000;

    /**
     * What came of it.
     *
     * @param collections how many collections ran
     * @param note why none ran although it was asked for, or empty
     */
    record Result(int collections, String note) {

        static final Result NONE = new Result(0, "");
    }

    /** Makes one that watches patiently after a collection, or briefly. */
    ForcedCollection(boolean patiently) {
        this(ForcedCollection::collect, patiently ? UNCHANGED_FOR_NANOS : UNCHANGED_BRIEFLY_NANOS);
    }

    ForcedCollection(Runnable collector) {
        this(collector, UNCHANGED_FOR_NANOS);
    }

    /**
     * Collects until what is left is nothing or a collection did not change it.
     *
     * @param left how many bytes are left, measured anew at each call
     */
    Result until(Supplier<Long> left) {
        long before = left.get();
        int ran = 0;
        while (ran < ROUNDS) {
            if (!collectOnce()) {
                return new Result(
                        ran,
                        "no garbage collection happened although it was asked for; objects that are garbage"
                                + " may still hold what is left");
            }
            ran++;
            long after = watch(left);
            if (after == 0 || after == before) {
                break;
            }
            before = after;
        }
        return new Result(ran, "");
    }

    private boolean collectOnce() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> sentinel = new PhantomReference<>(new Object(), queue);
        // A test may end with its thread interrupted; that is no reason not to wait.
        boolean interrupted = Thread.interrupted();
        collector.run();
        try {
            return queue.remove(ENQUEUED_WITHIN_MILLIS) != null;
        } catch (InterruptedException whileWaiting) {
            interrupted = true;
            return queue.poll() != null;
        } finally {
            Reference.reachabilityFence(sentinel);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private long watch(Supplier<Long> left) {
        long start = System.nanoTime();
        long changed = start;
        long last = left.get();
        while (last != 0
                && System.nanoTime() - changed < unchangedForNanos
                && System.nanoTime() - start < WATCH_AT_MOST_NANOS) {
            Pause.nanos(1_000_000);
            long now = left.get();
            if (now != last) {
                changed = System.nanoTime();
                last = now;
            }
        }
        return last;
    }

    private static void collect() {
        System.gc();
        if (isIgnoredByTheJvm()) {
            try {
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcRun", null, null);
            } catch (JMException | RuntimeException unavailable) {
                // The sentinel shows whether a collection ran; there is no third way to ask for one.
                return;
            }
        }
    }

    private static boolean isIgnoredByTheJvm() {
        try {
            HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return hotSpot != null
                    && Boolean.parseBoolean(
                            hotSpot.getVMOption("DisableExplicitGC").getValue());
        } catch (RuntimeException notHotSpot) {
            return false;
        }
    }
}

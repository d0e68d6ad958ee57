package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.text.Wording;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a binding on the test's own thread: a binding may be bound to the thread that opened the device, as a
 * confined arena of the foreign-memory API is. One that does not return in time is interrupted, and what it belongs to
 * is left alone for the rest of the class. One that no interrupt ends cannot be given up; where it stands is logged, so
 * that nobody has to guess what a build waits for. Thread-safe.
 */
public final class WatchedCall {

    private static final long SHORTEST_LOOK_NANOS = 5_000_000;
    private static final long LONGEST_LOOK_NANOS = 250_000_000;
    private static final int LOOKS_WITHIN_THE_BOUND = 20;

    /** How long the thread that looks stays without calls: starting one costs more than most calls. */
    private static final long STAYS_NANOS = 1_000_000_000;

    private static final Set<WatchedCall> RUNNING = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean LOOKING = new AtomicBoolean();
    private static final List<WeakReference<Object>> LEFT_ALONE = new CopyOnWriteArrayList<>();

    private static volatile Duration bound = Duration.ofSeconds(10);
    private static volatile String setBy = "";
    private static volatile long lastBegunNanos;

    private final String what;
    private final Thread thread = Thread.currentThread();
    private final long begunNanos = System.nanoTime();
    private boolean over;
    private boolean late;

    /** A call that was interrupted since it did not return in time, or was not made after another one was. */
    @SuppressWarnings("OverrideThrowableToString") // Its message stands in sentences, where its class says nothing.
    public static final class LateException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean made;

        LateException(String why, @Nullable Throwable cause) {
            super(why, cause);
            this.made = cause != null;
        }

        /** Returns whether the call was made; else why it was not has been said before. */
        public boolean wasMade() {
            return made;
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }

    private WatchedCall(String what) {
        this.what = what;
    }

    /** Sets how long a call may take, here and on a thread of the library; messages name the setting. */
    public static void bound(Duration most, String setting) {
        bound = most;
        setBy = setting;
    }

    static Duration bound() {
        return bound;
    }

    /** Returns whether a failure is worth a line: not where a call was not made, which was said before. */
    public static boolean isNews(Throwable failure) {
        return !(failure instanceof LateException late) || late.wasMade();
    }

    /** Has those asked again that were left alone: another class begins. */
    public static void forgive() {
        LEFT_ALONE.clear();
    }

    /**
     * Makes a call. The thread is not interrupted in it by what the test left behind, and is again afterwards.
     *
     * @param of the device, or whatever else the call belongs to
     * @param what the call, for example {@code MeshDevice.clearProgramCache()}
     * @throws LateException when it did not return in time, or is not made since an earlier one did not
     */
    public static <T> T of(Object of, String what, Callable<T> call) throws Exception {
        if (!LEFT_ALONE.isEmpty() && LEFT_ALONE.stream().anyMatch(left -> left.refersTo(of))) {
            throw new LateException(
                    "it was not called, since an earlier call did not return within " + Wording.time(bound), null);
        }
        boolean interrupted = Thread.interrupted();
        WatchedCall watched = new WatchedCall(what);
        watched.begin();
        try {
            return call.call();
        } catch (Throwable thrown) {
            if (watched.end()) {
                LEFT_ALONE.add(new WeakReference<>(of));
                throw new LateException(
                        "it did not return within " + Wording.time(bound) + " (" + setBy
                                + ") and was interrupted, and its object is left alone for the rest of the class",
                        thrown);
            }
            throw thrown;
        } finally {
            watched.end();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes a call that returns nothing. */
    public static void run(Object of, String what, Runnable call) throws Exception {
        of(of, what, () -> {
            call.run();
            return true;
        });
    }

    private void begin() {
        lastBegunNanos = begunNanos;
        RUNNING.add(this);
        if (!LOOKING.get() && LOOKING.compareAndSet(false, true)) {
            Thread looking = new Thread(WatchedCall::look, "tt-memory-check-watch");
            looking.setDaemon(true);
            looking.start();
        }
    }

    /** Ends it, and returns whether it was late. The interrupt was for it alone. */
    private synchronized boolean end() {
        if (!over) {
            over = true;
            RUNNING.remove(this);
            if (late) {
                Thread.interrupted();
            }
        }
        return late;
    }

    private synchronized void interruptIfLate(long most) {
        if (!over && !late && System.nanoTime() - begunNanos > most) {
            late = true;
            StackTraceElement[] frames = thread.getStackTrace();
            String where = frames.length == 0 ? "" : "; it is at " + frames[0];
            thread.interrupt();
            Log.ofLibrary()
                    .warn(what + " has not returned within " + Wording.time(most) + " (" + setBy
                            + "); it was interrupted, and the test goes on once it returns" + where);
        }
    }

    private static void look() {
        while (true) {
            long most = bound.toNanos();
            LockSupport.parkNanos(
                    Math.max(SHORTEST_LOOK_NANOS, Math.min(LONGEST_LOOK_NANOS, most / LOOKS_WITHIN_THE_BOUND)));
            RUNNING.forEach(call -> call.interruptIfLate(most));
            if (RUNNING.isEmpty() && System.nanoTime() - lastBegunNanos > STAYS_NANOS) {
                LOOKING.set(false);
                if (RUNNING.isEmpty() || !LOOKING.compareAndSet(false, true)) {
                    return;
                }
            }
        }
    }
}

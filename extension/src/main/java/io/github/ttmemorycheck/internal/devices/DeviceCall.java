package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.text.Wording;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a binding that the verdict may use but not depend on. They run on a thread of the library, since nothing
 * else bounds a call that never returns; that thread ends a second after the last call.
 *
 * <p>A device that did not answer in time is not asked again before that call has returned: each further question would
 * wait as long. Thread-safe.
 */
public final class DeviceCall {

    private static final Executor THREADS =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "tt-memory-check-device");
                thread.setDaemon(true);
                return thread;
            });

    private static final List<Unreturned> UNRETURNED = new CopyOnWriteArrayList<>();

    /** A call that was given up and may still run. */
    private record Unreturned(WeakReference<TtDevice> device, Future<?> call) {}

    /** What came of a call. */
    public sealed interface Answer<T> {

        record Value<T>(T value) implements Answer<T> {}

        /** Nothing is known; {@code why} ends a sentence: {@code threw java.lang.IllegalStateException: reset}. */
        record Unanswered<T>(String why) implements Answer<T> {}
    }

    private DeviceCall() {}

    /** Asks a device something, and waits no longer than a call may take. */
    public static <T> Answer<T> ask(TtDevice device, Callable<@Nullable T> question) {
        return ask(device, question, WatchedCall.bound());
    }

    static <T> Answer<T> ask(TtDevice device, Callable<@Nullable T> question, Duration patience) {
        UNRETURNED.removeIf(unreturned -> unreturned.call.isDone());
        if (UNRETURNED.stream().anyMatch(unreturned -> unreturned.device.refersTo(device))) {
            return new Answer.Unanswered<>("has not returned from an earlier call");
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        FutureTask<Answer<T>> call = new FutureTask<>(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            return answer(question);
        });
        THREADS.execute(call);
        try {
            return await(call, patience);
        } catch (TimeoutException late) {
            UNRETURNED.add(new Unreturned(new WeakReference<>(device), call));
            return new Answer.Unanswered<>("did not answer within " + Wording.time(patience));
        } catch (ExecutionException impossible) {
            return new Answer.Unanswered<>("threw " + impossible.getCause());
        }
    }

    /** Catches everything: what a native library throws, too, must not reach the test. */
    @SuppressWarnings("CatchingUnchecked")
    private static <T> Answer<T> answer(Callable<@Nullable T> question) {
        try {
            T value = question.call();
            return value == null ? new Answer.Unanswered<>("answered null") : new Answer.Value<>(value);
        } catch (Throwable thrown) {
            return new Answer.Unanswered<>(
                    thrown instanceof Nonsense
                            ? String.valueOf(thrown.getMessage())
                            : "threw " + Wording.thrown(thrown));
        }
    }

    /** Waits on when it is interrupted, since the answer is bounded anyway; the thread stays interrupted. */
    private static <T> T await(Future<T> call, Duration patience) throws TimeoutException, ExecutionException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return call.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Says what about an answer cannot be. */
    static final class Nonsense extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** Makes it of the end of a sentence, for example {@code lists a buffer of -1 bytes}. */
        Nonsense(String why) {
            super(why, null, false, false);
        }
    }
}

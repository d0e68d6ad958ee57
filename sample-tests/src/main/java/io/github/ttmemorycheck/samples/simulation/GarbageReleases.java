package io.github.ttmemorycheck.samples.simulation;

import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frees the memory of tensors that became garbage, at once or late, as the options of the mesh say, or not at all.
 *
 * <p>Concurrency: {@link #watch} is called under the lock of the mesh. The freeing itself runs on the thread of the
 * cleaner, or on the one thread of the queue, and takes the lock of the mesh then.
 */
final class GarbageReleases implements AutoCloseable {

    /** The queue works each tensor off this many milliseconds after it was found to be garbage, in turn. */
    private static final int[] DELAYS_IN_MILLIS = {50, 200, 100, 150};

    private static final Cleaner CLEANER = Cleaner.create();

    private final boolean watching;
    private final Consumer<TensorMemory> free;
    private final @Nullable ScheduledExecutorService queue;
    private final AtomicInteger queued = new AtomicInteger();

    GarbageReleases(Set<SimulationOption> options, Consumer<TensorMemory> free) {
        boolean late = options.contains(SimulationOption.GARBAGE_IS_FREED_LATE);
        this.watching = late || options.contains(SimulationOption.GARBAGE_IS_FREED);
        this.free = free;
        this.queue = late ? Executors.newSingleThreadScheduledExecutor(GarbageReleases::thread) : null;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "simulated-mesh-garbage-queue");
        thread.setDaemon(true);
        return thread;
    }

    /** Frees the memory of a tensor once the tensor is garbage. */
    void watch(SimulatedTensor tensor) {
        if (watching) {
            TensorMemory memory = tensor.memory();
            CLEANER.register(tensor, () -> found(memory));
        }
    }

    private void found(TensorMemory memory) {
        if (queue == null) {
            free.accept(memory);
            return;
        }
        int delay = DELAYS_IN_MILLIS[queued.getAndIncrement() % DELAYS_IN_MILLIS.length];
        try {
            Future<?> unused = queue.schedule(() -> free.accept(memory), delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            free.accept(memory); // the mesh is closed and has freed everything: this does nothing
        }
    }

    /** Ends the queue. What is in it is dropped: closing the mesh frees everything. */
    @Override
    public void close() {
        if (queue != null) {
            queue.shutdownNow();
        }
    }
}

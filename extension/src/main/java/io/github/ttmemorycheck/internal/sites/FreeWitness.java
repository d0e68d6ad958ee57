package io.github.ttmemorycheck.internal.sites;

import io.github.ttmemorycheck.internal.wire.NumberSpace;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees which thread of this JVM frees what while a cache is cleared or garbage is collected, so that a free is not put
 * down to what merely happened at the same time. Frees of other processes, and of native code, are not seen. One window
 * is open at a time; outside it a free costs one read of a field. Thread-safe.
 */
public final class FreeWitness implements AutoCloseable {

    /** Frees that are kept of one window: more than a cache or a collection gives back, some 10 MB. */
    private static final int MOST = 100_000;

    private static volatile @Nullable FreeWitness open;

    private final Thread opener = Thread.currentThread();
    private final Map<Place, By> seen = new ConcurrentHashMap<>();

    /** Who freed something. */
    public enum By {
        /** The thread that opened the window. */
        OPENER,
        /** A thread that runs only what garbage leaves: a Cleaner's, the finalizer's, or the reference handler. */
        COLLECTOR,
        /** Another thread of this JVM. */
        OTHER,
        /** Nobody who was seen. */
        UNKNOWN
    }

    private record Place(int device, NumberSpace space, long address) {}

    private FreeWitness() {}

    /** Opens a window; to be closed by the same thread. */
    public static FreeWitness open() {
        FreeWitness window = new FreeWitness();
        open = window;
        return window;
    }

    /** Notes that the calling thread frees something. */
    public static void freed(int device, MemoryKind kind, long address) {
        FreeWitness window = open;
        if (window != null && window.seen.size() < MOST) {
            window.seen.put(new Place(device, NumberSpace.of(kind), address), window.caller());
        }
    }

    private By caller() {
        Thread caller = Thread.currentThread();
        if (caller.equals(opener)) {
            return By.OPENER;
        }
        String name = caller.getName();
        return name.startsWith("Cleaner-")
                        || name.equals("Common-Cleaner")
                        || name.equals("Finalizer")
                        || name.equals("Reference Handler")
                ? By.COLLECTOR
                : By.OTHER;
    }

    /** Returns whether the thread that opened the window has freed something in it. */
    public boolean sawOpener() {
        return seen.containsValue(By.OPENER);
    }

    /** Returns who freed a buffer last in this window. */
    public By who(DeviceBuffer buffer) {
        return seen.getOrDefault(
                new Place(buffer.device(), NumberSpace.of(buffer.kind()), buffer.address()), By.UNKNOWN);
    }

    @Override
    public void close() {
        open = null;
    }
}

package io.github.ttmemorycheck.internal.settings;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Sizes that settings state for devices and kinds of memory, in bytes. One for a named device counts before one for all
 * devices. Where the given keys are not known, a device's own key is asked for whenever its size is. Thread-safe.
 */
public final class DeviceSizes {

    /** Stands for every device; no device has this number. */
    public static final int ALL = Integer.MIN_VALUE;

    private final Map<MemoryPool, Long> stated;
    private final Function<MemoryPool, OptionalLong> unseen;

    /** Keeps the sizes that are known to be stated; {@code unseen} asks for one that may be stated all the same. */
    DeviceSizes(Map<MemoryPool, Long> stated, Function<MemoryPool, OptionalLong> unseen) {
        this.stated = Map.copyOf(stated);
        this.unseen = unseen;
    }

    /** Returns what is stated for a kind on a device; empty when nothing is. */
    public OptionalLong of(MemoryPool pool) {
        Long named = stated.get(pool);
        if (named != null) {
            return OptionalLong.of(named);
        }
        OptionalLong answer = unseen.apply(pool);
        Long ofAll = stated.get(new MemoryPool(ALL, pool.kind()));
        return answer.isPresent() || ofAll == null ? answer : OptionalLong.of(ofAll);
    }
}

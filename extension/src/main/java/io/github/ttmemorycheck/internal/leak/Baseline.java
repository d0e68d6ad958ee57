package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What may be left behind, per device and kind of memory.
 *
 * <p>A baseline has levels, the most specific first. For each device and kind the first level that says anything about
 * it decides, even if it says less than a later one; within a level a statement for a named device is stronger than one
 * for all devices. Where no level says anything, the configuration of the run decides.
 *
 * @param levels the most specific first; several may have the same scope, as enclosing classes have
 * @param configured what the configuration of the run allows, in bytes
 */
public record Baseline(List<BaselineLevel> levels, Function<MemoryPool, OptionalLong> configured) {

    /** Stands for every device in a statement; no device has this number. */
    public static final int ALL_DEVICES = Integer.MIN_VALUE;

    /** Nothing may be left anywhere. */
    public static final Baseline NONE = new Baseline(List.of());

    /**
     * Checks the order of the levels.
     *
     * @throws IllegalArgumentException when a level comes after a less specific one
     */
    public Baseline {
        levels = List.copyOf(levels);
        for (int i = 1; i < levels.size(); i++) {
            BaselineLevel before = levels.get(i - 1);
            BaselineLevel level = levels.get(i);
            if (level.scope().compareTo(before.scope()) < 0) {
                throw new IllegalArgumentException("the levels of a baseline must come the most specific first, but "
                        + level.source() + " (" + level.scope() + ") comes after " + before.source() + " ("
                        + before.scope() + ")");
            }
        }
    }

    /** Makes a baseline to which the configuration adds nothing. */
    public Baseline(List<BaselineLevel> levels) {
        this(levels, pool -> OptionalLong.empty());
    }

    /** Returns how many bytes may be left of a kind of memory on a device; 0 where nothing is stated. */
    public long allowed(MemoryPool pool) {
        return deciding(pool)
                .flatMap(level -> level.about(pool))
                .map(BaselineStatement::bytes)
                .orElseGet(() -> configured.apply(pool).orElse(0));
    }

    /**
     * Returns the level that decides about a kind of memory on a device; empty where no level says anything about it.
     */
    public Optional<BaselineLevel> deciding(MemoryPool pool) {
        return levels.stream().filter(level -> level.about(pool).isPresent()).findFirst();
    }
}

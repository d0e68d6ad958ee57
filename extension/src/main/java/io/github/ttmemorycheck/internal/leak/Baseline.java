package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What may be left behind, per device and kind of memory. Immutable.
 *
 * <p>A baseline has levels, the most specific first. For each device and kind the first level that says anything about it
 * decides, even if it says less than a later one; within a level a statement for a named device is stronger than one for
 * all devices.
 */
public final class Baseline {

    /** Stands for every device in a statement; no device has this number. */
    public static final int ALL_DEVICES = Integer.MIN_VALUE;

    /** Nothing may be left anywhere. */
    public static final Baseline NONE = new Baseline(List.of());

    private final List<BaselineLevel> levels;
    private final Function<MemoryPool, OptionalLong> configured;

    /**
     * Makes a baseline to which the configuration adds nothing.
     *
     * @param levels its levels, the most specific first
     */
    public Baseline(List<BaselineLevel> levels) {
        this(levels, pool -> OptionalLong.empty());
    }

    /**
     * Makes a baseline.
     *
     * @param levels its levels, the most specific first; several may have the same scope, as enclosing classes have
     * @param configured what the configuration of the run allows, in bytes, where no level says anything
     * @throws IllegalArgumentException when a level comes after a less specific one
     */
    public Baseline(List<BaselineLevel> levels, Function<MemoryPool, OptionalLong> configured) {
        this.levels = List.copyOf(levels);
        this.configured = configured;
        for (int i = 1; i < this.levels.size(); i++) {
            BaselineLevel before = this.levels.get(i - 1);
            BaselineLevel level = this.levels.get(i);
            if (level.scope().compareTo(before.scope()) < 0) {
                throw new IllegalArgumentException("the levels of a baseline must come the most specific first, but "
                        + level.source() + " (" + level.scope() + ") comes after " + before.source() + " ("
                        + before.scope() + ")");
            }
        }
    }

    /**
     * Returns the levels.
     *
     * @return the most specific first
     */
    public List<BaselineLevel> levels() {
        return levels;
    }

    /**
     * Tells how much of one kind of memory may be left on one device.
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @return the allowance; {@link Allowance#NONE} when nothing is stated
     */
    public Allowance allowed(int device, MemoryKind kind) {
        MemoryPool pool = new MemoryPool(device, kind);
        Optional<BaselineLevel> deciding = deciding(pool);
        if (deciding.isPresent()) {
            BaselineLevel level = deciding.get();
            return new Allowance(
                    level.about(device, kind).orElseThrow().bytes(), level.source(), Optional.of(level.scope()));
        }
        OptionalLong bytes = configured.apply(pool);
        return bytes.isEmpty()
                ? Allowance.NONE
                : new Allowance(bytes.getAsLong(), "configuration", Optional.of(BaselineScope.CONFIGURATION));
    }

    /**
     * Finds the level that decides about a kind of memory on a device.
     *
     * @param pool the device and the kind
     * @return the most specific level that says anything about it; empty where the configuration decides, or nothing does
     */
    public Optional<BaselineLevel> deciding(MemoryPool pool) {
        return levels.stream()
                .filter(level -> level.about(pool.device(), pool.kind()).isPresent())
                .findFirst();
    }

    @Override
    public String toString() {
        return "Baseline" + levels;
    }
}

package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Optional;

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

    /**
     * Makes a baseline.
     *
     * @param levels its levels, the most specific first; several may have the same scope, as enclosing classes have
     * @throws IllegalArgumentException when a level comes after a less specific one
     */
    public Baseline(List<BaselineLevel> levels) {
        this.levels = List.copyOf(levels);
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
        return levels.stream()
                .flatMap(level -> level.about(device, kind).stream()
                        .map(statement -> new Allowance(statement.bytes(), level.source(), Optional.of(level.scope()))))
                .findFirst()
                .orElse(Allowance.NONE);
    }

    @Override
    public String toString() {
        return "Baseline" + levels;
    }
}

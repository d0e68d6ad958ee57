package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Objects;

/**
 * Memory that grew in every repetition. All figures in bytes.
 *
 * @param device the device's number
 * @param kind the kind of memory
 * @param heldAfter what was held after each repetition
 * @param deltas by how much each repetition changed it, the warm-ups included
 * @param warmups how many of them, at the start, were not judged
 */
public record GrowthFinding(int device, MemoryKind kind, List<Long> heldAfter, List<Long> deltas, int warmups)
        implements GrowthResult {

    /**
     * Copies the figures.
     *
     * @param device as the component says
     * @param kind as the component says
     * @param heldAfter as the component says
     * @param deltas as the component says
     * @param warmups as the component says
     */
    public GrowthFinding {
        Objects.requireNonNull(kind, "kind");
        heldAfter = List.copyOf(heldAfter);
        deltas = List.copyOf(deltas);
    }
}

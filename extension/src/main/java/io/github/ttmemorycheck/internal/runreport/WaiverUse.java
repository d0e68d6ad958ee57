package io.github.ttmemorycheck.internal.runreport;

import java.util.Objects;

/**
 * What became of a waiver.
 *
 * @param annotation as it is written
 * @param place where it stands
 * @param state {@code used}, {@code unused}, {@code refused} or {@code not-judged}
 */
public record WaiverUse(String annotation, String place, String state) {

    /** Checks that nothing is missing. */
    public WaiverUse {
        Objects.requireNonNull(annotation, "annotation");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(state, "state");
    }
}

package io.github.ttmemorycheck.report;

import java.time.Duration;
import java.util.Objects;

/**
 * How a judgement was measured.
 *
 * @param settled how long was waited for what is left to go
 * @param collections how many garbage collections were forced and really ran; 0 when none was needed or wanted
 * @param collectionNote what is to be known about them, for example that none happened although it was asked for; or empty
 * @param tracker the tracker, as it describes itself
 */
public record Measurement(Duration settled, int collections, String collectionNote, String tracker) {

    /**
     * Checks that nothing is missing.
     *
     * @param settled as the component says
     * @param collections as the component says
     * @param collectionNote as the component says
     * @param tracker as the component says
     */
    public Measurement {
        Objects.requireNonNull(settled, "settled");
        Objects.requireNonNull(collectionNote, "collectionNote");
        Objects.requireNonNull(tracker, "tracker");
    }
}

package io.github.ttmemorycheck.report;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * How a judgement was measured.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param settled how long the check waited for what was left to be freed
 * @param collections how many garbage collections were forced and really ran; 0 when none was needed or wanted
 * @param collectionNote what else to know about them, for example that none happened although it was asked for; or
 *     empty
 * @param tracker the tracker, as it describes itself
 * @param beside the names of the tests and classes that were checked at the same time, whose memory cannot be told from
 *     the subject's; empty where tests hold the lock, as those with the annotation do
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record Measurement(Duration settled, int collections, String collectionNote, String tracker, List<String> beside)
        implements Serializable {

    /** Checks that nothing is missing. */
    @API(status = INTERNAL)
    public Measurement {
        Objects.requireNonNull(settled, "settled");
        Objects.requireNonNull(collectionNote, "collectionNote");
        Objects.requireNonNull(tracker, "tracker");
        beside = List.copyOf(beside);
    }

    /** Makes a copy that says what was checked at the same time. */
    @API(status = INTERNAL)
    public Measurement beside(List<String> names) {
        return new Measurement(settled, collections, collectionNote, tracker, names);
    }

    /** Makes that of a subject that was checked alone. */
    @API(status = INTERNAL)
    public Measurement(Duration settled, int collections, String collectionNote, String tracker) {
        this(settled, collections, collectionNote, tracker, List.of());
    }
}

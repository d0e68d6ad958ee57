package io.github.ttmemorycheck.internal.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who is asked and where they look. {@code TtMemoryCheckSettings} says what each setting means.
 *
 * @param kinds who is asked: {@link TrackerKind#AUTO} alone, or one or several of the others
 */
public record TrackerSettings(
        Set<TrackerKind> kinds,
        Path socket,
        Optional<String> serverCommand,
        Optional<Path> serverLog,
        Path shmDirectory,
        Set<String> shmIgnore,
        ProcessScope processes) {

    public boolean isAuto() {
        return kinds.contains(TrackerKind.AUTO);
    }

    /** Returns whether devices are asked and nobody else. */
    public boolean isOfDevicesAlone() {
        return kinds.equals(Set.of(TrackerKind.DEVICE));
    }

    /** Returns whether a source is wanted, by its name or since all are. */
    public boolean wants(TrackerKind kind) {
        return isAuto() || kinds.contains(kind);
    }
}

package io.github.ttmemorycheck.internal.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Which tracker is used and where it looks. {@code TtMemoryCheckSettings} says what each setting means. */
public record TrackerSettings(
        TrackerKind kind,
        Path socket,
        Optional<String> serverCommand,
        Optional<Path> serverLog,
        Path shmDirectory,
        Set<String> shmIgnore,
        ProcessScope processes) {}

package io.github.ttmemorycheck;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The settings that decide which tracker is used and where it looks. {@link TtMemoryCheckSettings} tells what each means. */
record TrackerSettings(
        TrackerKind kind,
        Path socket,
        Optional<String> serverCommand,
        Optional<Path> serverLog,
        Path shmDirectory,
        Set<String> shmIgnore,
        ProcessScope processes) {}

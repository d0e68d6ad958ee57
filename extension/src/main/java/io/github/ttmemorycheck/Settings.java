package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of a run, all of them valid. {@link TtMemoryCheckSettings} tells what each means. */
record Settings(
        Mode mode,
        TrackerSettings tracker,
        Duration settle,
        GcMode gc,
        OnInconclusive inconclusive,
        BaselineLevel baseline,
        Optional<Path> baselineFile,
        boolean baselineRecord,
        DeviceSizes capacities,
        Idle idle,
        boolean sites,
        Path reportDirectory) {}

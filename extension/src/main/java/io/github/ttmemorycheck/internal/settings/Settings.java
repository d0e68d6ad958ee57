package io.github.ttmemorycheck.internal.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a run, all of them valid. {@code TtMemoryCheckSettings} says what each means.
 *
 * @param inForce each setting as text, for the report of the run
 */
public record Settings(
        Mode mode,
        TrackerSettings tracker,
        Duration settle,
        GcMode gc,
        OnInconclusive inconclusive,
        DeviceSizes baseline,
        Optional<Path> baselineFile,
        boolean baselineRecord,
        DeviceSizes capacities,
        Idle idle,
        DoubleFree doubleFree,
        CacheMode cache,
        Duration deviceTimeout,
        boolean sites,
        Path reportDirectory,
        List<SettingInForce> inForce) {}

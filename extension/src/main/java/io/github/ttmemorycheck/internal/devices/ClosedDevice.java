package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A device that named its numbers and has been closed since. What its process had allocated there before the closing is
 * gone, whatever frees were never reported; another device may have been opened on the same numbers meanwhile.
 *
 * @param name its class
 * @param devices the numbers that it named
 * @param processId the process that had it open, where its binding told
 * @param held the buffers that it told last, without a place in any order; empty where it told none of them
 * @param lastOpenNanos when it was last seen open, by {@link System#nanoTime()}: what is older went with it
 * @param closedNanos when it was first seen closed: what is younger did not
 */
public record ClosedDevice(
        String name,
        NavigableSet<Integer> devices,
        OptionalLong processId,
        Optional<List<DeviceBuffer>> held,
        long lastOpenNanos,
        long closedNanos) {}

package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;
import java.util.NavigableSet;

/**
 * What the devices answer about the time since a mark, for who has other sources beside them.
 *
 * @param diff what changed, as far as it is known at both ends
 * @param listed the numbers of the devices that the diff is about: those of each device that listed its buffers now,
 *     and at the mark if it was open then, and of each that listed them at the mark and is closed. About others it says
 *     nothing
 * @param silent the names of open devices whose bindings do not know their buffers
 * @param problems why nothing is known of a device that should have answered, a sentence each
 */
public record DeviceReading(
        SnapshotDiff diff, NavigableSet<Integer> listed, List<String> silent, List<String> problems) {}

package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;
import java.util.NavigableSet;

/**
 * What the devices tell of the time since a mark, for who has other sources beside them.
 *
 * @param diff what changed, as far as it was told at both ends
 * @param told the numbers of the devices that the diff is about: those of each device that told its buffers now, and at
 *     the mark if it was open then, and of each that told them at the mark and is closed. About others it says nothing
 * @param silent the names of open devices whose bindings do not know their buffers
 * @param problems why nothing is known of a device that should have told, a sentence each
 */
public record DeviceReading(
        SnapshotDiff diff, NavigableSet<Integer> told, List<String> silent, List<String> problems) {}

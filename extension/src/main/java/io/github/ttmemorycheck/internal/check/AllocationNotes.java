package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.sites.AllocationSites;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says where Java code of this JVM allocated what was left, or how to find out. */
final class AllocationNotes {

    private static final int SITES = 5;

    private AllocationNotes() {}

    /** Returns the notes on the buffers that were left; {@code recorded} is whether places were. */
    static List<String> of(List<DeviceBuffer> charged, boolean recorded) {
        long own = ProcessHandle.current().pid();
        List<DeviceBuffer> ours =
                charged.stream().filter(buffer -> buffer.processId() == own).toList();
        if (ours.isEmpty()) {
            return List.of();
        }
        if (!recorded) {
            return List.of(
                    "where it was allocated is not recorded; " + SettingKeys.SITES + "=on records it for Java code");
        }
        Map<String, List<Long>> sizes = new LinkedHashMap<>();
        for (DeviceBuffer buffer : ours) {
            String place = AllocationSites.find(buffer).orElse("a place that was not recorded");
            sizes.computeIfAbsent(place, unseen -> new ArrayList<>()).add(buffer.size());
        }
        List<String> notes = new ArrayList<>();
        sizes.forEach((place, of) -> {
            if (notes.size() < SITES) {
                notes.add(ByteSize.format(ByteSize.sum(of.stream().mapToLong(Long::longValue))) + " in "
                        + Wording.count(of.size(), "buffer") + " allocated at " + place);
            }
        });
        if (sizes.size() > SITES) {
            notes.add("... and at " + (sizes.size() - SITES) + " more places");
        }
        return notes;
    }
}

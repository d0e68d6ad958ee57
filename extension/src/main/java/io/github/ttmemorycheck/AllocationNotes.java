package io.github.ttmemorycheck;

import io.github.ttmemorycheck.client.AllocationSites;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says where Java code of this JVM allocated what was left, or how to find out. */
final class AllocationNotes {

    private static final int SITES = 5;

    private AllocationNotes() {}

    static void add(List<DeviceBuffer> charged, boolean recorded, List<String> notes) {
        long own = ProcessHandle.current().pid();
        List<DeviceBuffer> ours =
                charged.stream().filter(buffer -> buffer.processId() == own).toList();
        if (ours.isEmpty()) {
            return;
        }
        if (!recorded) {
            notes.add("where it was allocated is not recorded; " + TtMemoryCheckSettings.SITES
                    + "=on records it for Java code");
            return;
        }
        Map<String, Long> bytes = new LinkedHashMap<>();
        Map<String, Long> buffers = new LinkedHashMap<>();
        for (DeviceBuffer buffer : ours) {
            Optional<String> site = AllocationSites.find(buffer);
            String where = site.orElse("a place that was not recorded");
            bytes.merge(where, buffer.size(), Long::sum);
            buffers.merge(where, 1L, Long::sum);
        }
        bytes.entrySet().stream().limit(SITES).forEach(site -> {
            long count = buffers.getOrDefault(site.getKey(), 0L);
            notes.add(ByteSize.format(site.getValue()) + " in " + count + (count == 1 ? " buffer" : " buffers")
                    + " allocated at " + site.getKey());
        });
        if (bytes.size() > SITES) {
            notes.add("... and at " + (bytes.size() - SITES) + " more places");
        }
    }
}

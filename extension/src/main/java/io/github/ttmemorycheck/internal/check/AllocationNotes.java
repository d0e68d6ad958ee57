package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.sites.AllocationSite;
import io.github.ttmemorycheck.internal.sites.AllocationSites;
import io.github.ttmemorycheck.internal.text.BufferNumber;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says where Java code of this JVM allocated what was left, or why that is not known. */
final class AllocationNotes {

    private static final int PLACES = 5;

    /** The buffers of one place; of none, where it was not recorded. */
    private record Group(Optional<AllocationSite> site, List<DeviceBuffer> buffers) {

        long bytes() {
            return ByteSize.sum(buffers.stream().mapToLong(DeviceBuffer::size));
        }

        String amount() {
            return amount(List.of(this));
        }

        static String amount(List<Group> groups) {
            int buffers =
                    groups.stream().mapToInt(group -> group.buffers().size()).sum();
            return ByteSize.format(ByteSize.sum(groups.stream().mapToLong(Group::bytes))) + " in "
                    + Wording.count(buffers, "buffer");
        }
    }

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
        Map<Optional<AllocationSite>, List<DeviceBuffer>> bySite = new LinkedHashMap<>();
        ours.forEach(buffer -> bySite.computeIfAbsent(AllocationSites.find(buffer), unseen -> new ArrayList<>())
                .add(buffer));
        List<DeviceBuffer> unknown = bySite.getOrDefault(Optional.<AllocationSite>empty(), List.of());
        bySite.remove(Optional.<AllocationSite>empty());
        List<String> notes = new ArrayList<>(places(bySite));
        if (!unknown.isEmpty()) {
            notes.add(unknown(new Group(Optional.empty(), unknown), notes.isEmpty()));
        }
        return notes;
    }

    /** A note for each place, that of the most memory first. */
    private static List<String> places(Map<Optional<AllocationSite>, List<DeviceBuffer>> bySite) {
        List<Group> groups = bySite.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Group::bytes).reversed())
                .toList();
        List<Group> shown = groups.subList(0, Math.min(PLACES, groups.size()));
        List<Group> others = groups.subList(shown.size(), groups.size());
        List<String> notes = new ArrayList<>();
        shown.forEach(group -> notes.add(group.amount() + " allocated at "
                + group.site().map(AllocationSite::text).orElse("")));
        if (!others.isEmpty()) {
            notes.add("... and " + Group.amount(others) + " at " + Wording.count(others.size(), "more place"));
        }
        return notes;
    }

    private static String unknown(Group group, boolean all) {
        String what = all
                ? "where it was allocated"
                : "where " + group.amount() + (group.buffers().size() == 1 ? " was" : " were") + " allocated";
        if (group.buffers().stream().allMatch(buffer -> BufferNumber.isOfDevice(buffer.order()))) {
            return what + " is not known, since only the device told of it";
        }
        return what + " is not known, since "
                + (AllocationSites.isFull()
                        ? "at most " + Wording.number(AllocationSites.MOST_BUFFERS) + " live buffers and "
                                + Wording.number(AllocationSites.MOST_PLACES) + " places are recorded"
                        : "the runtime reported it, not Java code");
    }
}

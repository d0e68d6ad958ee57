package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.FreeFault;
import io.github.ttmemorycheck.snapshot.FreeFault.Kind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Sentences about frees that cannot be right, or do not say enough, where they bear on what is left. */
final class FreeNotes {

    private static final int COLUMNS_OF_DEVICES = 40;
    private static final int MOST = 5;

    private FreeNotes() {}

    static List<String> of(SnapshotDiff residue) {
        if (residue.faults().isEmpty()) {
            return List.of();
        }
        List<String> notes = new ArrayList<>();
        notes.addAll(unclearFrees(residue));
        notes.addAll(otherDevices(residue));
        notes.addAll(twice(residue));
        return notes;
    }

    /** Returns the frees of what had been freed already. */
    static List<FreeFault> freedTwice(SnapshotDiff residue) {
        return ofKind(residue, Kind.FREED_TWICE);
    }

    /** Writes the message of a test that freed addresses twice, be it that it fails or is warned. */
    static String freedTwiceText(Subject subject, List<FreeFault> faults, boolean fails) {
        List<String> lines = new ArrayList<>(Wrapping.sentence(PlainText.escape(subject.name()) + " freed "
                + (faults.size() == 1 ? "an address" : Wording.count(faults.size(), "address")) + " twice"));
        lines.add("");
        faults.stream().limit(MOST).forEach(fault -> lines.add("  " + place(fault) + ", by pid " + fault.processId()));
        if (faults.size() > MOST) {
            lines.add("  ... and " + (faults.size() - MOST) + " more");
        }
        lines.add("");
        lines.addAll(Wrapping.hanging(
                "  to fix:   ",
                "free each buffer once; the second free may hit what is given the address next. "
                        + SettingKeys.DOUBLE_FREE
                        + (fails ? "=warn lets such a test pass" : "=fail fails such a test, =ignore says nothing")));
        return String.join("\n", lines);
    }

    private static List<FreeFault> ofKind(SnapshotDiff residue, Kind kind) {
        return residue.faults().stream().filter(fault -> fault.kind() == kind).toList();
    }

    /** What is left at an address that had several buffers may be another of them. */
    private static List<String> unclearFrees(SnapshotDiff residue) {
        return ofKind(residue, Kind.SEVERAL_AT_ADDRESS).stream()
                .distinct()
                .filter(fault -> residue.left().stream().anyMatch(buffer -> isAt(buffer, fault)))
                .map(fault -> "pid " + fault.processId() + " had several buffers at " + place(fault)
                        + ", and the free does not say which of them it gave back: one of their sizes is left; the"
                        + " newest counts as freed")
                .toList();
    }

    private static boolean isAt(DeviceBuffer buffer, FreeFault fault) {
        return buffer.device() == fault.device()
                && buffer.address() == fault.address()
                && buffer.processId() == fault.processId();
    }

    private static String place(FreeFault fault) {
        return "0x" + Long.toHexString(fault.address()) + " on device " + fault.device();
    }

    /** A client that names one device in all its frees leaves the buffers of the others alive. */
    private static List<String> otherDevices(SnapshotDiff residue) {
        List<FreeFault> faults = ofKind(residue, Kind.ANOTHER_DEVICE);
        TreeSet<Integer> alive = residue.left().stream()
                .filter(buffer -> faults.stream()
                        .anyMatch(fault ->
                                fault.address() == buffer.address() && fault.processId() == buffer.processId()))
                .map(DeviceBuffer::device)
                .collect(Collectors.toCollection(TreeSet::new));
        if (alive.isEmpty()) {
            return List.of();
        }
        Set<Integer> named = faults.stream().map(FreeFault::device).collect(Collectors.toCollection(TreeSet::new));
        String devices = DeviceRanges.named(alive, COLUMNS_OF_DEVICES);
        return List.of(Wording.count(faults.size(), "free") + " named "
                + DeviceRanges.named(new TreeSet<>(named), COLUMNS_OF_DEVICES) + " for addresses that only " + devices
                + (alive.size() == 1 ? " has" : " have") + ": " + devices
                + (alive.size() == 1 ? " never reports" : " never report")
                + " frees; report each free with the device of its buffer");
    }

    private static List<String> twice(SnapshotDiff residue) {
        List<FreeFault> faults = freedTwice(residue);
        if (faults.isEmpty()) {
            return List.of();
        }
        FreeFault first = faults.get(0);
        return List.of(
                faults.size() == 1
                        ? "an address was freed twice: " + place(first) + ", by pid " + first.processId()
                        : Wording.count(faults.size(), "free") + " named what had been freed already, first "
                                + place(first) + ", by pid " + first.processId());
    }
}

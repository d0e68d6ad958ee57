package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What would let pass exactly what was left, to be pasted.
 *
 * @param stated the sizes of each device, or of all
 * @param rounded whether they allow every device what only the one with the most needs, to stay few
 */
record BaselineCode(NavigableMap<Integer, Map<MemoryKind, Long>> stated, boolean rounded) {

    private static final int ANNOTATIONS = 4;

    static BaselineCode allowing(List<Finding> findings) {
        Set<Integer> devices = new HashSet<>();
        findings.forEach(finding -> devices.add(finding.device()));

        NavigableMap<Integer, Map<MemoryKind, Long>> stated = new TreeMap<>();
        needs(findings).forEach((kind, needs) -> {
            // Where one device is known, more may come: what holds for it need not hold for all.
            boolean even =
                    devices.size() > 1 && needs.keySet().equals(devices) && new HashSet<>(needs.values()).size() == 1;
            needs.forEach((device, bytes) -> stated.computeIfAbsent(
                            even ? Baseline.ALL_DEVICES : device, unknown -> new EnumMap<>(MemoryKind.class))
                    .put(kind, bytes));
        });
        boolean rounded = stated.size() > ANNOTATIONS;
        if (rounded) {
            Map<MemoryKind, Long> most = mostOfEach(findings);
            stated.clear();
            stated.put(Baseline.ALL_DEVICES, most);
        }
        return new BaselineCode(stated, rounded);
    }

    /** Returns it as annotations. */
    List<String> annotations() {
        List<String> annotations = new ArrayList<>();
        stated.forEach((device, sizes) -> annotations.add(annotation(device, sizes)));
        return annotations;
    }

    /** Returns it as settings, for tests that no annotation counts for. */
    List<String> settings() {
        List<String> settings = new ArrayList<>();
        stated.forEach((device, sizes) -> sizes.forEach((kind, bytes) -> settings.add(SettingKeys.BASELINE
                + (device == Baseline.ALL_DEVICES ? "*" : device.toString()) + "." + kind.attribute() + "="
                + new ByteSize(bytes).exact().replace(" ", ""))));
        return settings;
    }

    private static Map<MemoryKind, NavigableMap<Integer, Long>> needs(List<Finding> findings) {
        Map<MemoryKind, NavigableMap<Integer, Long>> needs = new EnumMap<>(MemoryKind.class);
        findings.stream()
                .filter(finding -> finding.verdict() == Verdict.LEAKED)
                .forEach(finding -> needs.computeIfAbsent(finding.kind(), unknown -> new TreeMap<>())
                        .put(finding.device(), finding.left()));
        return needs;
    }

    /** Looks at what passes too: a statement for all devices on a test hides one for a device on its class. */
    private static Map<MemoryKind, Long> mostOfEach(List<Finding> findings) {
        Map<MemoryKind, Long> most = new EnumMap<>(MemoryKind.class);
        for (MemoryKind kind : needs(findings).keySet()) {
            findings.stream()
                    .filter(finding -> finding.kind() == kind)
                    .forEach(finding -> most.merge(kind, finding.left(), Math::max));
        }
        return most;
    }

    private static String annotation(int device, Map<MemoryKind, Long> sizes) {
        List<String> attributes = new ArrayList<>();
        if (device != Baseline.ALL_DEVICES) {
            attributes.add("device = " + device);
        }
        sizes.forEach((kind, bytes) -> attributes.add(kind.attribute() + " = \"" + new ByteSize(bytes).exact() + "\""));
        attributes.replaceAll(attribute -> attribute.replace(' ', Wrapping.UNBROKEN));
        return "@MemoryBaseline(" + String.join(", ", attributes) + ")";
    }
}

package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Fewer than half of the devices were left with memory of a kind. Where the tracker remembers that the others were
 * given buffers of the same sizes and freed them, a device was forgotten; otherwise the rule says only that they
 * differ.
 */
final class MeshSkew {

    /** A program may run on one device alone, and these go with it. */
    private static final Set<MemoryKind> OF_PROGRAMS = Set.of(MemoryKind.CIRCULAR_BUFFER, MemoryKind.KERNEL);

    private static final int COLUMNS_OF_DEVICES = 48;

    private record Skew(MemoryKind kind, NavigableSet<Integer> odd, NavigableSet<Integer> siblings) {}

    private MeshSkew() {}

    static Optional<Diagnosis> diagnose(String rule, Evidence evidence) {
        // Of growth only the devices that grew are known.
        List<Skew> skews = evidence.grown().isEmpty() ? skews(evidence) : List.of();
        return skews.stream()
                .filter(skew -> isForgotten(evidence, skew))
                .findFirst()
                .map(skew -> forgotten(rule, evidence, skew))
                .or(() -> skews.stream()
                        .filter(skew -> !areWeights(evidence, skew))
                        .findFirst()
                        .map(skew -> different(rule, evidence, skew)));
    }

    /** Returns the kinds that differ between devices, the one with the most left first. */
    private static List<Skew> skews(Evidence evidence) {
        List<Skew> skews = new ArrayList<>();
        NavigableSet<Integer> all = evidence.devices();
        evidence.failingKinds().stream()
                .sorted(Comparator.comparingLong((MemoryKind kind) -> -left(evidence, kind)))
                .forEach(kind -> {
                    NavigableSet<Integer> odd = Evidence.devices(evidence.failing(
                            finding -> finding.kind() == kind && !CircularBuffers.isRecognised(evidence, finding)));
                    NavigableSet<Integer> siblings = new TreeSet<>(all);
                    siblings.removeAll(odd);
                    boolean clean = evidence.findings().stream()
                            .noneMatch(finding -> finding.kind() == kind
                                    && finding.left() > 0
                                    && siblings.contains(finding.device()));
                    if (!OF_PROGRAMS.contains(kind) && clean && !odd.isEmpty() && odd.size() < siblings.size()) {
                        skews.add(new Skew(kind, odd, siblings));
                    }
                });
        return skews;
    }

    private static long left(Evidence evidence, MemoryKind kind) {
        return evidence.failing(kind).stream().mapToLong(Finding::left).max().orElse(0);
    }

    /** Returns whether every sibling was given a buffer of each size that is left, and freed it. */
    private static boolean isForgotten(Evidence evidence, Skew skew) {
        Set<Long> sizes = sizes(evidence, skew);
        Map<Integer, Set<Long>> freed = evidence.freed().stream()
                .filter(buffer -> buffer.kind() == skew.kind())
                .collect(Collectors.groupingBy(
                        DeviceBuffer::device, Collectors.mapping(DeviceBuffer::size, Collectors.toSet())));
        return !sizes.isEmpty()
                && skew.siblings().stream()
                        .allMatch(device -> freed.getOrDefault(device, Set.of()).containsAll(sizes));
    }

    private static Set<Long> sizes(Evidence evidence, Skew skew) {
        return evidence.buffers(skew.kind(), skew.odd()).stream()
                .map(DeviceBuffer::size)
                .collect(Collectors.toSet());
    }

    private static Diagnosis forgotten(String rule, Evidence evidence, Skew skew) {
        int sizes = sizes(evidence, skew).size();
        String odd = devices(skew.odd());
        return new Diagnosis(
                rule,
                (skew.odd().size() == 1 ? "one device" : skew.odd().size() + " devices") + " of the mesh "
                        + (skew.odd().size() == 1 ? "was" : "were") + " forgotten",
                capital(devices(skew.siblings())) + " were given buffers of the same "
                        + (sizes == 1 ? "size" : Wording.number(sizes) + " sizes") + " and freed all of them, " + odd
                        + " did not.",
                List.of("deallocate on " + odd + " what is deallocated on " + devices(skew.siblings())),
                Set.of(skew.kind()));
    }

    /** Returns whether there is so much memory that its size explains it already. */
    private static boolean areWeights(Evidence evidence, Skew skew) {
        return skew.kind() == MemoryKind.DRAM && left(evidence, MemoryKind.DRAM) > Weights.SMALLEST;
    }

    private static Diagnosis different(String rule, Evidence evidence, Skew skew) {
        List<Finding> left = evidence.failing(
                finding -> finding.kind() == skew.kind() && skew.odd().contains(finding.device()));
        return new Diagnosis(
                rule,
                "something is done on " + devices(skew.odd()) + " of the mesh alone",
                capital(evidence.amounts(left, Finding::left)) + " stayed, and nothing on " + devices(skew.siblings())
                        + ".",
                List.of());
    }

    private static String devices(NavigableSet<Integer> devices) {
        return DeviceRanges.named(devices, COLUMNS_OF_DEVICES);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}

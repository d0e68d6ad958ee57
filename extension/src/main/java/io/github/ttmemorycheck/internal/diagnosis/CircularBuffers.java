package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/**
 * Circular buffers of programs, which look alive until the device is closed because the reports of their frees name no
 * address. Where the runtime reports them as L1 they are recognised by being few, low in L1 and never freed, or by
 * being few and the same after an earlier test. What lies higher is none, however often it returns: there are tensors
 * and semaphores.
 */
final class CircularBuffers {

    /** They begin where the firmware's part of L1 ends: measured from 0x18b20 to 0x1b320. The next power of two. */
    static final long ADDRESS_LIMIT = 0x20000;

    private CircularBuffers() {}

    static Optional<Diagnosis> diagnose(String rule, Evidence evidence) {
        List<Finding> reported = evidence.failing(MemoryKind.CIRCULAR_BUFFER);
        List<Finding> small = evidence.failing(finding -> isRecognised(evidence, finding));
        if (reported.isEmpty() && small.isEmpty()) {
            return Optional.empty();
        }
        if (small.isEmpty()
                && evidence.buffers(MemoryKind.CIRCULAR_BUFFER, Evidence.devices(reported))
                        .isEmpty()) {
            return Optional.of(inTotals(rule, evidence.amounts(reported, Finding::left)));
        }
        Set<MemoryKind> explained = EnumSet.noneOf(MemoryKind.class);
        String text = "";
        if (!reported.isEmpty()) {
            explained.add(MemoryKind.CIRCULAR_BUFFER);
            text = "The runtime reported " + evidence.amounts(reported, Finding::left) + " and did not free them. ";
        }
        if (!small.isEmpty()) {
            text += ofL1(evidence, small);
            if (small.size() == evidence.failing(MemoryKind.L1).size()) {
                explained.add(MemoryKind.L1);
            }
        }
        return Optional.of(new Diagnosis(
                rule,
                "circular buffers of a program, which look alive until the device is closed",
                text.strip(),
                List.of("close the device, which frees them, or allow them as below:"
                        + " the runtime reports their frees without an address"),
                explained));
    }

    /** A total is of the programs that run, or of the one that ran last: of no event, and so of no free. */
    private static Diagnosis inTotals(String rule, String amount) {
        return new Diagnosis(
                rule,
                "circular buffers of programs, which stay until another program runs or the device is closed",
                "Their total rose by " + amount + "; no event says whose they are.",
                List.of("close the device, which frees them, or find what keeps the programs"),
                EnumSet.of(MemoryKind.CIRCULAR_BUFFER));
    }

    private static String ofL1(Evidence evidence, List<Finding> small) {
        NavigableSet<Integer> devices = Evidence.devices(small);
        List<DeviceBuffer> buffers = evidence.buffers(MemoryKind.L1, devices);
        String amount = evidence.amounts(small, Finding::left);
        int earlier = devices.stream()
                .mapToInt(device -> evidence.seenBefore().getOrDefault(device, 0))
                .max()
                .orElse(0);
        String again = earlier == 0 ? "" : " The same was left after " + Wording.count(earlier, "earlier test") + ".";
        if (buffers.isEmpty()) {
            return "Only " + amount + " is left." + again;
        }
        long first = buffers.stream().mapToLong(DeviceBuffer::address).min().orElse(0);
        return amount + " is " + Wording.count(buffers.size(), "buffer") + " at its low end, from 0x"
                + Long.toHexString(first) + " on"
                + (areNeverFreed(buffers)
                        ? "; no free of " + (buffers.size() == 1 ? "it" : "them") + " was reported."
                        : ".")
                + again;
    }

    /**
     * Returns whether what is left of L1 on a device is so little, and so placed, that it is taken for circular
     * buffers.
     */
    static boolean isRecognised(Evidence evidence, Finding finding) {
        if (finding.kind() != MemoryKind.L1 || finding.left() > Evidence.SMALL_L1) {
            return false;
        }
        List<DeviceBuffer> buffers = evidence.buffers(MemoryKind.L1, Set.of(finding.device()));
        boolean seen = evidence.seenBefore().getOrDefault(finding.device(), 0) > 0;
        return areLow(buffers) && (seen || (!buffers.isEmpty() && areNeverFreed(buffers)));
    }

    private static boolean areLow(List<DeviceBuffer> buffers) {
        return buffers.stream().allMatch(buffer -> Long.compareUnsigned(buffer.address(), ADDRESS_LIMIT) < 0);
    }

    private static boolean areNeverFreed(List<DeviceBuffer> buffers) {
        return buffers.stream().allMatch(buffer -> buffer.refCount() == buffer.allocations());
    }
}

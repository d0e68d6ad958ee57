package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which small sets of L1 were left on which device, and after how many tests of the run: the circular buffers of the
 * same programs are left again and again. Costs nothing for a test that leaves nothing. Thread-safe.
 */
final class SmallSets {

    /** Sets that are remembered: more than a run has devices and groups of programs. */
    private static final int MOST = 1000;

    /**
     * A set.
     *
     * @param device where it is
     * @param parts addresses and sizes in turn, or only the sum where buffers are not known
     */
    private record SmallSet(int device, List<Long> parts) {}

    private final Map<SmallSet, Integer> tests = new HashMap<>();

    /** Returns after how many earlier tests the set of each device was left, and counts this one if it is a test. */
    synchronized Map<Integer, Integer> note(SnapshotDiff residue, boolean test) {
        Map<Integer, Integer> before = new HashMap<>();
        if (residue.isClean()) {
            return before;
        }
        MemoryTotals left = residue.leftTotals();
        Map<Integer, List<Long>> parts = new TreeMap<>();
        for (int device : left.devices()) {
            long bytes = left.of(device, MemoryKind.L1);
            if (bytes > 0 && bytes <= Evidence.SMALL_L1) {
                parts.put(
                        device,
                        residue.leftInTotals(new MemoryPool(device, MemoryKind.L1)) == 0
                                ? parts(residue.left(), device)
                                : List.of(bytes));
            }
        }
        parts.forEach((device, of) -> {
            SmallSet set = new SmallSet(device, of);
            Integer known = tests.get(set);
            if (known != null) {
                before.put(device, known);
            }
            if (test && (known != null || tests.size() < MOST)) {
                tests.merge(set, 1, Integer::sum);
            }
        });
        return before;
    }

    private static List<Long> parts(List<DeviceBuffer> left, int device) {
        return left.stream()
                .filter(buffer -> buffer.device() == device && buffer.kind() == MemoryKind.L1)
                .flatMap(buffer -> Stream.of(buffer.address(), buffer.size()))
                .toList();
    }
}

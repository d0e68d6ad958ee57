package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together evidence for tests; without further words, of a cleared cache and nothing left. */
final class Facts {

    static final long KIB = 1024;
    static final long MIB = 1024 * KIB;

    private final List<Finding> findings = new ArrayList<>();
    private final List<DeviceBuffer> buffers = new ArrayList<>();
    private final List<DeviceBuffer> freed = new ArrayList<>();
    private final List<EndedProcess> ended = new ArrayList<>();
    private final List<GrowthResult> grown = new ArrayList<>();
    private final MemoryTotals.Builder capacities = MemoryTotals.builder();
    private final Map<Integer, Integer> seenBefore = new HashMap<>();
    private final List<OpenedDevice> opened = new ArrayList<>();
    private final boolean wholeClass;
    private CacheRelease cache = new CacheRelease(1, 0, MemoryTotals.NONE, "");
    private LateFrees late = LateFrees.NONE;
    private boolean viewsAdded;
    private int closedDevices;

    private Facts(boolean wholeClass) {
        this.wholeClass = wholeClass;
    }

    static Facts ofTest() {
        return new Facts(false);
    }

    static Facts ofClass() {
        return new Facts(true);
    }

    Facts left(int device, MemoryKind kind, long bytes) {
        return finding(device, kind, 0, bytes, bytes, Verdict.LEAKED);
    }

    Facts leftOnEach(int devices, MemoryKind kind, long bytes) {
        for (int device = 0; device < devices; device++) {
            left(device, kind, bytes);
        }
        return this;
    }

    Facts clean(int from, int to, MemoryKind kind) {
        for (int device = from; device <= to; device++) {
            finding(device, kind, 0, 0, 0, Verdict.CLEAN);
        }
        return this;
    }

    Facts finding(int device, MemoryKind kind, long before, long after, long left, Verdict verdict) {
        findings.add(new Finding(device, kind, before, after, left, 0, verdict));
        return this;
    }

    Facts buffer(int device, MemoryKind kind, long address, long size) {
        return buffer(device, kind, address, size, 1, 1);
    }

    Facts buffer(int device, MemoryKind kind, long address, long size, long references, long allocations) {
        buffers.add(
                new DeviceBuffer(device, kind, address, size, references, allocations, 4711, buffers.size() + 1, 0));
        return this;
    }

    Facts bufferOnEach(int devices, MemoryKind kind, long address, long size, long references, long allocations) {
        for (int device = 0; device < devices; device++) {
            buffer(device, kind, address, size, references, allocations);
        }
        return this;
    }

    Facts freed(int device, MemoryKind kind, long size) {
        freed.add(new DeviceBuffer(device, kind, 0x1000, size, 1, 1, 4711, 1, 0));
        return this;
    }

    Facts noDevice() {
        cache = CacheRelease.NO_DEVICE;
        return this;
    }

    Facts notCleared(long programs, String why) {
        cache = new CacheRelease(1, programs, MemoryTotals.NONE, why);
        return this;
    }

    Facts notClearedUnder(long traces, long programs) {
        cache = new CacheRelease(1, programs, MemoryTotals.NONE, "a trace is live", traces);
        return this;
    }

    Facts ended(int processId, long count, MemoryTotals held) {
        ended.add(new EndedProcess(processId, "", count, held));
        return this;
    }

    /** So many devices of the subject are known and closed. */
    Facts closed(int devices) {
        closedDevices = devices;
        return this;
    }

    /** References to memory that was there before were added. */
    Facts views() {
        viewsAdded = true;
        return this;
    }

    Facts late(long byCollection, long whileSettling) {
        late = new LateFrees(byCollection, 0, whileSettling);
        return this;
    }

    Facts opened(String type, boolean wasClosed) {
        opened.add(new OpenedDevice(type, wasClosed));
        return this;
    }

    Facts grown(GrowthResult result) {
        grown.add(result);
        return this;
    }

    Facts capacity(int device, MemoryKind kind, long bytes) {
        capacities.add(device, kind, bytes);
        return this;
    }

    Facts seenBefore(int device, int tests) {
        seenBefore.put(device, tests);
        return this;
    }

    Evidence evidence() {
        return new Evidence(
                wholeClass,
                findings,
                buffers,
                freed,
                cache,
                ended,
                late,
                grown,
                capacities.build(),
                seenBefore,
                viewsAdded,
                closedDevices,
                opened);
    }

    /** What one rule says, if it speaks. */
    Optional<Diagnosis> diagnosis(String rule) {
        return Diagnoses.of(evidence()).stream()
                .filter(diagnosis -> diagnosis.rule().equals(rule))
                .findFirst();
    }

    Stream<String> rules() {
        return Diagnoses.of(evidence()).stream().map(Diagnosis::rule);
    }
}

package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.diagnosis.Diagnoses;
import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.diagnosis.Fingerprint;
import io.github.ttmemorycheck.internal.diagnosis.LateFrees;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Subjects;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together reports for tests: {@link #of}, then what is to differ, then {@link #report()}. */
final class Reports {

    static final long KIB = 1024;
    static final long MIB = 1024 * KIB;
    static final long STARTED = 5_000_000_000L;
    static final long MILLI = 1_000_000;
    static final Measurement MEASURED =
            new Measurement(Duration.ofSeconds(1), 2, "", "embedded tracker, /tmp/tt_allocation_server.sock");

    private final Subject subject;
    private final List<Finding> findings = new ArrayList<>();
    private final List<DeviceBuffer> buffers = new ArrayList<>();
    private final Map<Integer, String> commands = new HashMap<>(Map.of(4711, "python3 worker.py"));
    private final List<EndedProcess> ended = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private CacheRelease cache = new CacheRelease(1, 0, MemoryTotals.NONE, "");
    private Measurement measurement = MEASURED;
    private String dump = "";
    private final List<DeviceBuffer> freed = new ArrayList<>();
    private LateFrees late = LateFrees.NONE;
    private final Map<Integer, Integer> seenBefore = new HashMap<>();

    private Reports(Subject subject) {
        this.subject = subject;
    }

    static Reports of(String test) {
        return new Reports(Subjects.test(test));
    }

    static Reports ofClass(String name) {
        return new Reports(Subjects.wholeClass(name));
    }

    Reports finding(int device, MemoryKind kind, long before, long after, long left, long allowed) {
        Verdict verdict = left == 0 ? Verdict.CLEAN : left <= allowed ? Verdict.WITHIN_BASELINE : Verdict.LEAKED;
        findings.add(new Finding(device, kind, before, after, left, allowed, verdict));
        return this;
    }

    Reports left(int device, MemoryKind kind, long left) {
        return finding(device, kind, 0, left, left, 0);
    }

    Reports buffer(int device, MemoryKind kind, long address, long size, long afterNanos) {
        return buffer(device, kind, address, size, afterNanos, 1, 4711);
    }

    Reports buffer(int device, MemoryKind kind, long address, long size, long afterNanos, long references, int pid) {
        long order = 17L + buffers.size();
        long allocations = references == 1 ? 1 : references + 1;
        buffers.add(new DeviceBuffer(
                device, kind, address, size, references, allocations, pid, order, STARTED + afterNanos));
        return this;
    }

    /** A buffer that was allocated twice and freed once, as a program is. */
    Reports loaded(int device, MemoryKind kind, long address, long size, long afterNanos) {
        buffers.add(
                new DeviceBuffer(device, kind, address, size, 1, 2, 4711, 17L + buffers.size(), STARTED + afterNanos));
        return this;
    }

    /** A further reference to a buffer that was there before. */
    Reports reference(int device, MemoryKind kind, long size) {
        return add(device, kind, size, 5, false);
    }

    /** A kernel of the system. */
    Reports system(int device, long size) {
        return add(device, MemoryKind.KERNEL, size, 0, true);
    }

    private Reports add(int device, MemoryKind kind, long size, long referenceTo, boolean ofSystem) {
        long order = 17L + buffers.size();
        buffers.add(new DeviceBuffer(device, kind, order, size, 1, 1, 4711, order, STARTED, referenceTo, ofSystem));
        return this;
    }

    /** A buffer that was allocated and freed meanwhile. */
    Reports freed(int device, MemoryKind kind, long size) {
        freed.add(new DeviceBuffer(device, kind, 0x1000, size, 1, 1, 4711, 1, STARTED));
        return this;
    }

    Reports late(LateFrees frees) {
        late = frees;
        return this;
    }

    Reports seenBefore(int device, int tests) {
        seenBefore.put(device, tests);
        return this;
    }

    Reports command(int pid, String command) {
        commands.put(pid, command);
        return this;
    }

    Reports ended(int pid, String command, long count, MemoryTotals held) {
        ended.add(new EndedProcess(pid, command, count, held));
        return this;
    }

    Reports cache(CacheRelease release) {
        cache = release;
        return this;
    }

    Reports note(String note) {
        notes.add(note);
        return this;
    }

    Reports measured(Measurement measured) {
        measurement = measured;
        return this;
    }

    Reports dump(String path) {
        dump = path;
        return this;
    }

    LeakReport report() {
        Evidence evidence = new Evidence(
                subject.wholeClass(),
                findings,
                buffers,
                freed,
                cache,
                ended,
                late,
                List.of(),
                MemoryTotals.NONE,
                seenBefore,
                false,
                0,
                List.of());
        return new LeakReport(
                subject,
                STARTED,
                findings,
                buffers,
                commands,
                ended,
                cache,
                notes,
                Diagnoses.of(evidence),
                Fingerprint.of(subject, evidence),
                measurement,
                dump);
    }

    static MemoryTotals onEach(int devices, MemoryKind kind, long bytes) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        for (int device = 0; device < devices; device++) {
            totals.add(device, kind, bytes);
        }
        return totals.build();
    }
}

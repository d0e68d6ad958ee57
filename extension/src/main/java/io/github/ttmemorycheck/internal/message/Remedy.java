package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.TestPlace;
import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What to do next: free it, or allow it. */
final class Remedy {

    static final String FIX = Wrapping.INDENT + "to fix:   ";
    static final String ALLOW = Wrapping.INDENT + "to allow: ";
    private static final String OR = Wrapping.INDENT + "or:       ";
    private static final String ON_CLASS = "on the class";

    private Remedy() {}

    static List<String> lines(LeakReport report) {
        if (leakedKinds(report).isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(listed(FIX, fixes(report)));
        BaselineCode code = BaselineCode.allowing(report.findings());
        if (report.subject().scope() == Subject.Scope.OUTSIDE) {
            lines.addAll(listed(ALLOW, code.settings()));
            return lines;
        }
        List<String> annotations = new ArrayList<>(code.annotations());
        int last = annotations.size() - 1;
        annotations.set(last, annotations.get(last) + comment(report, code));
        lines.addAll(listed(ALLOW, annotations));
        lines.addAll(Wrapping.hanging(
                OR,
                knownLeak(report).replace(' ', Wrapping.UNBROKEN)
                        + remark(report.subject().wholeClass() ? List.of(ON_CLASS) : List.of())));
        return lines;
    }

    /** A waiver for just this leak. Whoever waives it has to write the reason. */
    private static String knownLeak(LeakReport report) {
        NavigableMap<Integer, Long> leaked = new TreeMap<>();
        leaked(report).forEach(finding -> leaked.merge(finding.device(), finding.left(), ByteSize::sum));
        long most = Collections.max(leaked.values());
        int device = leaked.size() == 1 ? leaked.firstKey() : Baseline.ALL_DEVICES;
        return new Waiver(new TestPlace("", ""), device, "...", "", OptionalLong.of(most), Optional.empty())
                .annotation();
    }

    /** What the diagnoses advise, and the ordinary advice for every kind that none of them explains. */
    private static Set<String> fixes(LeakReport report) {
        Set<String> fixes = new LinkedHashSet<>();
        Set<MemoryKind> open = leakedKinds(report);
        for (Diagnosis diagnosis : DiagnosisLines.shown(report)) {
            // Advice is left out where a stronger diagnosis explains the same kinds already; a diagnosis that explains
            // no kind is about something else, so its advice is always given.
            if (diagnosis.explains().isEmpty() || open.removeAll(diagnosis.explains())) {
                fixes.addAll(diagnosis.fixes());
            }
        }
        if (open.isEmpty()) {
            return fixes;
        }
        String when = report.subject().wholeClass() ? " in @AfterAll, or where they are made" : " before the test ends";
        Set<MemoryKind> ofSystem = ofSystemAlone(report, open);
        open.removeAll(ofSystem);
        if (report.diagnoses().isEmpty() && !open.isEmpty()) {
            cacheFirst(report.cache()).ifPresent(fixes::add);
        }
        if (!ofSystem.isEmpty()) {
            fixes.add("close the device: these are kernels of the system, they stay until the device is closed");
        }
        Set<String> ofPrograms = new LinkedHashSet<>();
        for (MemoryKind kind : open) {
            switch (kind) {
                case DRAM, L1, SYSTEM_MEMORY -> fixes.add("deallocate the tensors that own this memory" + when);
                case TRACE -> fixes.add("release the captured traces" + when);
                case L1_SMALL, CIRCULAR_BUFFER, KERNEL -> ofPrograms.add(Wording.kind(kind));
            }
        }
        if (!ofPrograms.isEmpty()) {
            fixes.add("give up the programs that use the " + Wording.list(List.copyOf(ofPrograms))
                    + ": clear the program cache, or close the device");
        }
        return fixes;
    }

    /** Kernels, where all that leaked are known to be the system's: no program cache holds those. */
    private static Set<MemoryKind> ofSystemAlone(LeakReport report, Set<MemoryKind> open) {
        List<DeviceBuffer> kernels = report.buffers().stream()
                .filter(buffer -> buffer.kind() == MemoryKind.KERNEL)
                .filter(buffer -> leaked(report).anyMatch(finding -> finding.covers(buffer)))
                .toList();
        boolean alone = open.contains(MemoryKind.KERNEL)
                && !kernels.isEmpty()
                && kernels.stream().allMatch(DeviceBuffer::ofSystem);
        return alone ? EnumSet.of(MemoryKind.KERNEL) : EnumSet.noneOf(MemoryKind.class);
    }

    private static Set<MemoryKind> leakedKinds(LeakReport report) {
        Set<MemoryKind> kinds = EnumSet.noneOf(MemoryKind.class);
        leaked(report).map(Finding::kind).forEach(kinds::add);
        return kinds;
    }

    private static Stream<Finding> leaked(LeakReport report) {
        return report.findings().stream().filter(finding -> finding.verdict() == Verdict.LEAKED);
    }

    /** Memory of cached programs is freed with their cache, so nothing else can be advised before that is cleared. */
    private static Optional<String> cacheFirst(CacheRelease cache) {
        if (!cache.notCleared().isEmpty()) {
            return Optional.of("let the program cache be cleared; programs in it may own this memory");
        }
        return cache.devices() == 0
                ? Optional.of("make the device known, as said above; programs in its cache may own this memory")
                : Optional.empty();
    }

    private static String comment(LeakReport report, BaselineCode code) {
        List<String> remarks = new ArrayList<>();
        if (report.subject().wholeClass()) {
            remarks.add(ON_CLASS);
        }
        leaked(report).mapToLong(Finding::allowed).max().stream()
                .filter(allowed -> allowed > 0)
                .forEach(allowed -> remarks.add("in place of what allows " + ByteSize.format(allowed) + " now"));
        if (code.rounded()) {
            remarks.add("the most that any device needs");
        }
        return remark(remarks);
    }

    /**
     * A comment behind code. Code in two lines stays code: the comment is never broken, only moved to the next line.
     */
    private static String remark(List<String> remarks) {
        return remarks.isEmpty() ? "" : " " + FirstLine.unbroken("// " + String.join("; ", remarks));
    }

    /** Writes items below each other, the label before the first. */
    static List<String> listed(String label, Collection<String> items) {
        List<String> lines = new ArrayList<>();
        for (String item : items) {
            lines.addAll(Wrapping.hanging(lines.isEmpty() ? label : " ".repeat(label.length()), item));
        }
        return lines;
    }
}

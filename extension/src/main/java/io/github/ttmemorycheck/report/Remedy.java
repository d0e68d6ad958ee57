package io.github.ttmemorycheck.report;

import io.github.ttmemorycheck.leak.Finding;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What to do next: free it, or allow it. */
final class Remedy {

    static final String FIX = Wrapping.INDENT + "to fix:   ";
    static final String ALLOW = Wrapping.INDENT + "to allow: ";

    private Remedy() {}

    static List<String> lines(LeakReport report) {
        if (!report.fails()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (String fix : fixes(report)) {
            lines.addAll(Wrapping.hanging(lines.isEmpty() ? FIX : blank(FIX), fix));
        }
        BaselineCode code = BaselineCode.allowing(report.findings());
        List<String> annotations = new ArrayList<>(code.annotations());
        int last = annotations.size() - 1;
        annotations.set(last, annotations.get(last) + comment(report, code));
        for (int i = 0; i <= last; i++) {
            Wrapping.hanging(i == 0 ? ALLOW : blank(ALLOW), annotations.get(i))
                    .forEach(line -> lines.add(line.replace(BaselineCode.UNBROKEN, ' ')));
        }
        return lines;
    }

    private static Set<String> fixes(LeakReport report) {
        boolean wholeClass = report.subject().wholeClass();
        Set<String> fixes = new LinkedHashSet<>();
        report.findings().stream()
                .filter(finding -> finding.verdict().fails())
                .map(Finding::kind)
                .sorted()
                .forEach(kind -> fixes.add(fix(kind, wholeClass)));
        return fixes;
    }

    private static String fix(MemoryKind kind, boolean wholeClass) {
        String when = wholeClass ? " in @AfterAll, or where they are made" : " before the test ends";
        return switch (kind) {
            case DRAM, L1, SYSTEM_MEMORY -> "deallocate the tensors that own these buffers" + when;
            case TRACE -> "release the captured traces" + when;
            case L1_SMALL, CIRCULAR_BUFFER, KERNEL ->
                "give up the programs that use the " + Wording.kind(kind)
                        + ": clear the program cache, or close the device";
        };
    }

    private static String comment(LeakReport report, BaselineCode code) {
        List<String> remarks = new ArrayList<>();
        if (report.subject().wholeClass()) {
            remarks.add("on the class");
        }
        report.findings().stream()
                .filter(finding -> finding.verdict().fails())
                .mapToLong(Finding::allowed)
                .max()
                .stream()
                .filter(allowed -> allowed > 0)
                .forEach(allowed -> remarks.add("in place of what allows " + ByteSize.format(allowed) + " now"));
        if (code.rounded()) {
            remarks.add("the most that any device needs");
        }
        return remarks.isEmpty() ? "" : "  // " + String.join("; ", remarks);
    }

    private static String blank(String label) {
        return " ".repeat(label.length());
    }
}

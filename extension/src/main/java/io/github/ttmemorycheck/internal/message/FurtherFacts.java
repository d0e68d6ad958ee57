package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.ProcessNames;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.OtherCache;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What is known besides the figures: the program cache, memory freed meanwhile, notes, processes that ended; and what
 * follows from it.
 */
final class FurtherFacts {

    private static final int PROCESSES = 5;
    private static final int COLUMNS_OF_A_COMMAND = 60;

    private final LeakReport report;
    private final NavigableSet<Integer> devices = new TreeSet<>();

    FurtherFacts(LeakReport report) {
        this.report = report;
        report.findings().forEach(finding -> devices.add(finding.device()));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        // At the end of a class its devices are closed as a rule, and that is no news.
        if (!report.subject().wholeClass() || report.cache().devices() > 0) {
            lines.addAll(say("program cache: ", cache()));
        }
        report.cache()
                .others()
                .forEach(other -> lines.addAll(say("cache '" + PlainText.escape(other.name()) + "': ", other(other))));
        lines.addAll(freedMeanwhile());
        lines.addAll(notes(report));
        lines.addAll(ended());
        lines.addAll(DiagnosisLines.lines(report));
        return lines;
    }

    private String cache() {
        CacheRelease cache = report.cache();
        boolean empty = !cache.mayHoldPrograms();
        String programs =
                empty ? "no programs" : Wording.programs(cache.programs(), cache.uncounted(), cache.devices());
        if (!cache.notCleared().isEmpty()) {
            String held = empty ? "" : ", it holds " + programs;
            return "not cleared" + held + ": " + PlainText.escape(cache.notCleared());
        }
        if (cache.kept()) {
            return "kept warm until the tests of the class are through, and holds " + programs;
        }
        if (cache.devices() == 0) {
            return "no open device was found, so none was cleared ("
                    + (report.subject().scope() == Subject.Scope.OUTSIDE
                            ? "give the device to DeviceMemoryCheck.begin)"
                            : "put the device in a field of the test class, or register a TtDeviceProvider)");
        }
        String held = "held " + programs + (cache.devices() == 1 ? "" : " on " + cache.devices() + " devices");
        List<String> released = amounts(cache.released());
        if (released.isEmpty()) {
            return empty ? held : held + "; clearing it gave nothing back";
        }
        return held + "; clearing it gave back " + Wording.list(released);
    }

    private String other(OtherCache cache) {
        if (!cache.notCleared().isEmpty()) {
            return "not cleared: " + PlainText.escape(cache.notCleared());
        }
        List<String> released = amounts(cache.released());
        return "clearing it gave " + (released.isEmpty() ? "nothing back" : "back " + Wording.list(released));
    }

    static List<String> notes(LeakReport report) {
        return report.notes().stream()
                .flatMap(note -> say("note: ", PlainText.escape(note)).stream())
                .toList();
    }

    /** Explains figures that show less than was left, since something else was freed. */
    private List<String> freedMeanwhile() {
        MemoryTotals.Builder freed = MemoryTotals.builder();
        for (Finding finding : report.findings()) {
            long hidden = finding.left() - references(finding) - (finding.after() - finding.before());
            if (finding.left() > 0 && hidden > 0) {
                freed.add(finding.device(), finding.kind(), hidden);
            }
        }
        List<String> amounts = amounts(freed.build());
        String before = report.subject().wholeClass() ? "before the class" : "before the test";
        return amounts.isEmpty()
                ? List.of()
                : say(
                        "freed meanwhile: ",
                        Wording.list(amounts) + ", allocated " + before + "; it does not make up for what is left");
    }

    /** What references to earlier memory count for, which take no memory of their own. */
    private long references(Finding finding) {
        return ByteSize.sum(report.buffers().stream()
                .filter(buffer -> buffer.referenceTo() != 0 && finding.covers(buffer))
                .mapToLong(DeviceBuffer::size));
    }

    private List<String> ended() {
        List<String> lines = new ArrayList<>();
        ProcessNames names = new ProcessNames(commandsOfEnded(), -1);
        for (EndedProcess process :
                report.ended().subList(0, Math.min(PROCESSES, report.ended().size()))) {
            lines.addAll(say(
                    "ended without freeing: ",
                    names.name(process.processId(), COLUMNS_OF_A_COMMAND) + " held " + held(process)));
        }
        int more = report.ended().size() - PROCESSES;
        if (more > 0) {
            lines.addAll(say("ended without freeing: ", "... and " + Wording.count(more, "more process")));
        }
        return lines;
    }

    private String held(EndedProcess process) {
        String amounts = Wording.list(amounts(process.held()));
        if (process.buffers() == 0) {
            return amounts + "; the driver has taken that back";
        }
        return Wording.count(process.buffers(), "buffer") + (process.held().isZero() ? "" : ", " + amounts)
                + "; the driver has taken them back";
    }

    private Map<Integer, String> commandsOfEnded() {
        Map<Integer, String> commands = new HashMap<>();
        report.ended().forEach(process -> commands.put(process.processId(), process.command()));
        return commands;
    }

    private List<String> amounts(MemoryTotals totals) {
        return Amount.texts(totals, devices);
    }

    private static List<String> say(String label, String text) {
        return Wrapping.hanging(Wrapping.INDENT + label, text);
    }
}

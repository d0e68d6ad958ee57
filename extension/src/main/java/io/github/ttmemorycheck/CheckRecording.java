package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.runreport.CheckCost;
import io.github.ttmemorycheck.internal.runreport.CheckEntry;
import io.github.ttmemorycheck.internal.runreport.RunRecorder;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Times the steps of one check and notes what comes of it, for the report of the run. Used by the threads of one check, one
 * after the other.
 */
final class CheckRecording {

    private final RunRecorder recorder;
    private final ExtensionContext context;
    private final Subject.Scope scope;
    private final long startNanos;
    private final long markNanos;
    private final MemoryTotals before;
    private CacheRelease cache = CacheRelease.NO_DEVICE;
    private long clearNanos;
    private Judgement.@Nullable Outcome outcome;

    /**
     * Starts to record a check that has just been marked.
     *
     * @param began when its marking began
     * @param mark the mark; null where it could not be made
     */
    CheckRecording(RunRecorder recorder, ExtensionContext context, long began, MemoryTracker.@Nullable Mark mark) {
        this.recorder = recorder;
        this.context = context;
        this.scope = context.getTestMethod().isPresent() ? Subject.Scope.TEST : Subject.Scope.CLASS;
        this.startNanos = System.nanoTime();
        this.markNanos = startNanos - began;
        this.before = mark == null ? MemoryTotals.NONE : mark.totals();
    }

    /** Notes what was found in the program caches, by an errand that began at a time. */
    void cleared(CacheRelease found, long began) {
        cache = found;
        clearNanos = System.nanoTime() - began;
    }

    /** Notes the judgement. */
    void judged(Judgement.Outcome judged) {
        outcome = judged;
    }

    /** Ends the record; what was not judged by now could not be measured. */
    void end(long beganToJudge) {
        if (!recorder.isOn()) {
            return;
        }
        Judgement.Outcome judged = outcome;
        long end = System.nanoTime();
        long collect = judged == null ? 0 : judged.collectedNanos();
        long settle = judged == null ? 0 : judged.how().settled().toNanos();
        recorder.add(new CheckEntry(
                scope == Subject.Scope.CLASS || scope == Subject.Scope.TEST
                        ? SubjectNames.subject(context)
                        : SubjectNames.subject(context).repetitions(),
                startNanos,
                end,
                context.getExecutionException()
                        .map(failure -> failure instanceof TestAbortedException
                                ? CheckEntry.TestResult.ABORTED
                                : CheckEntry.TestResult.FAILED)
                        .orElse(CheckEntry.TestResult.PASSED),
                judged == null ? Verdict.INCONCLUSIVE : worst(judged.findings()),
                judged == null ? List.of() : telling(judged.findings()),
                before,
                judged == null ? before : judged.residue().after(),
                cache,
                new CheckCost(
                        markNanos, clearNanos, Math.max(0, end - beganToJudge - collect - settle), collect, settle),
                judged == null ? List.of() : judged.notes()));
    }

    private static Verdict worst(List<Finding> findings) {
        Verdict worst = Verdict.CLEAN;
        for (Finding finding : findings) {
            worst = finding.verdict().compareTo(worst) > 0 ? finding.verdict() : worst;
        }
        return worst;
    }

    private static List<Finding> telling(List<Finding> findings) {
        return findings.isEmpty()
                ? List.of()
                : findings.stream()
                        .filter(finding -> finding.verdict() != Verdict.CLEAN)
                        .toList();
    }
}

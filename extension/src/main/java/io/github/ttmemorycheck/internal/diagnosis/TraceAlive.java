package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A captured trace is alive, which is why the program cache could not be cleared: that is unsafe under a trace. */
final class TraceAlive implements DiagnosisRule {

    @Override
    public String name() {
        return "trace-alive";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        List<Finding> live = evidence.findings().stream()
                .filter(finding -> finding.kind() == MemoryKind.TRACE && finding.after() > 0)
                .toList();
        if (live.isEmpty() || evidence.cache().notCleared().isEmpty()) {
            return Optional.empty();
        }
        Set<MemoryKind> explained = EnumSet.of(MemoryKind.TRACE);
        explained.retainAll(evidence.failingKinds());
        return Optional.of(new Diagnosis(
                name(),
                "a captured trace is still alive, so the program cache was not cleared",
                evidence.amounts(live, Finding::after) + " is live, and the cache keeps "
                        + Wording.count(evidence.cache().programs(), "program") + ".",
                List.of("release the captured trace before the test ends; then the cache is cleared, too"),
                explained));
    }
}

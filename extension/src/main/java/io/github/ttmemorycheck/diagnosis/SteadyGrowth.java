package io.github.ttmemorycheck.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.leak.GrowthFinding;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Memory grew in every repetition that was judged, which no cache does. */
final class SteadyGrowth implements DiagnosisRule {

    private static final int BOTH = 2;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        List<GrowthFinding> grown = evidence.grownMemory();
        if (grown.isEmpty()) {
            return Optional.empty();
        }
        GrowthFinding first = grown.get(0);
        int judged = first.judged().size();
        Set<MemoryKind> kinds = EnumSet.noneOf(MemoryKind.class);
        grown.forEach(growth -> kinds.add(growth.kind()));
        String text = "A cache fills once and then stays; this grew in "
                + (judged == BOTH ? "both" : "all " + judged) + " repetitions"
                + (first.warmups() == 0 ? "" : " after " + Wording.count(first.warmups(), "warm-up"))
                + ", so no baseline lets it pass.";
        return Optional.of(new Diagnosis(
                name(),
                "a leak, not a cache",
                Forecast.of(grown, evidence.capacities())
                        .map(forecast -> text + " " + forecast.text())
                        .orElse(text),
                List.of("free in each repetition what it allocates"),
                kinds));
    }
}

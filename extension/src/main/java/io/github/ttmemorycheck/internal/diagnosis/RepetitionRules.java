package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules that count over several repetitions. */
final class RepetitionRules {

    private static final int BOTH = 2;

    private RepetitionRules() {}

    /** Every repetition compiled programs that no earlier one had: what should be found in the cache is not. */
    static Optional<Diagnosis> newPrograms(String rule, Evidence evidence) {
        return evidence.newPrograms()
                .map(growth -> new Diagnosis(
                        rule,
                        "the program cache does not find its programs again",
                        "Each of " + growth.judged().size() + " repetitions added "
                                + (growth.isEven() ? "" : "at least ")
                                + Wording.count(growth.least(), "program") + "; the caches hold "
                                + Wording.number(growth.last())
                                + " now.",
                        List.of("give each repetition the same shapes and settings, so that its programs are compiled"
                                + " only once")));
    }

    /**
     * Memory grew in every repetition that was judged, which no cache does that finds again what it holds; or in nearly
     * all of many, up to the end, which a cache does only if it gets full with the last of them. Where programs were
     * compiled anew each time, it may be theirs: {@link #newPrograms} speaks first then.
     */
    static Optional<Diagnosis> growth(String rule, Evidence evidence) {
        List<GrowthFinding> grown = evidence.grownMemory();
        if (grown.isEmpty()) {
            return Optional.empty();
        }
        Set<MemoryKind> kinds = EnumSet.noneOf(MemoryKind.class);
        grown.forEach(growth -> kinds.add(growth.pool().kind()));
        boolean newPrograms = evidence.newPrograms().isPresent();
        boolean paused = grown.stream().allMatch(RepetitionRules::hasPaused);
        String cache =
                paused ? "A cache fills more and more slowly, and then stays" : "A cache fills once and then stays";
        String text = (newPrograms ? "It" : cache + "; this") + " grew in " + repetitions(grown)
                + ", so no baseline lets it pass.";
        return Optional.of(new Diagnosis(
                rule,
                newPrograms
                        ? "memory grows with the new programs, or beside them"
                        : paused ? "a leak that pauses, not a cache" : "a leak, not a cache",
                Forecast.of(grown, evidence.capacities())
                        .map(forecast -> text + " " + forecast.text())
                        .orElse(text),
                List.of("free in each repetition what it allocates"),
                kinds));
    }

    private static boolean hasPaused(GrowthResult growth) {
        return growth.timesGrownAsJudged() < growth.judged().size();
    }

    /** For example {@code all 3 repetitions after 1 warm-up}, or {@code 10 of 11} where some of them added nothing. */
    private static String repetitions(List<GrowthFinding> grown) {
        GrowthFinding first = grown.get(0);
        int judged = first.judged().size();
        int least =
                grown.stream().mapToInt(GrowthResult::timesGrownAsJudged).min().orElse(0);
        boolean alike = grown.stream().allMatch(growth -> growth.timesGrownAsJudged() == least);
        String times = least == judged ? judged == BOTH ? "both" : "all " + judged : least + " of " + judged;
        return (alike ? "" : "at least ") + times + " repetitions"
                + (first.warmups() == 0 ? "" : " after " + Wording.count(first.warmups(), "warm-up"));
    }
}

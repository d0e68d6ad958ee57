package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import java.util.List;
import java.util.Optional;

/** Every repetition compiled programs that no earlier one had: what should be found in the cache is not. */
final class NewPrograms implements DiagnosisRule {

    @Override
    public String name() {
        return "new-programs";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return evidence.newPrograms().map(this::diagnosis);
    }

    private Diagnosis diagnosis(CacheEntryGrowth growth) {
        long programs = growth.entries().get(growth.entries().size() - 1);
        return new Diagnosis(
                name(),
                "the program cache does not find its programs again",
                "Each of " + growth.judged().size() + " repetitions added " + (growth.isEven() ? "" : "at least ")
                        + Wording.count(growth.least(), "program") + "; the caches hold " + Wording.number(programs)
                        + " now.",
                List.of("give each repetition the same shapes and settings, so that its programs are compiled only"
                        + " once"));
    }
}

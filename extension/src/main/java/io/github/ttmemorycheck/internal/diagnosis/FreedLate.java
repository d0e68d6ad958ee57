package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Part of the test's memory was freed only by the garbage collector, or some time after the test had ended. */
final class FreedLate implements DiagnosisRule {

    @Override
    public String name() {
        return "freed-late";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        long collected = evidence.late().byCollection();
        long settled = evidence.late().whileSettling();
        if (collected <= 0 && settled <= 0) {
            return Optional.empty();
        }
        List<String> facts = new ArrayList<>();
        List<String> fixes = new ArrayList<>();
        if (collected > 0) {
            facts.add(ByteSize.format(collected)
                    + " was freed only by a forced collection; something still refers to what is left.");
            fixes.add("close what owns device memory, for example in try (...), and do not leave it to the collector");
        }
        if (settled > 0) {
            facts.add(ByteSize.format(settled) + " was freed while the check waited, after the test had ended.");
            fixes.add("wait in the test for what frees memory in the background, or raise " + SettingKeys.SETTLE);
        }
        return Optional.of(new Diagnosis(
                name(),
                collected > 0 ? "memory is left to the garbage collector" : "memory is freed late",
                String.join(" ", facts),
                fixes));
    }
}

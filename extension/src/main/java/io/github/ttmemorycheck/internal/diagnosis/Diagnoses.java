package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.report.Diagnosis;
import java.util.List;
import java.util.Optional;

/**
 * Asks every rule what a leak is. Pure functions; safe for use by several threads.
 *
 * <p>The strongest rule comes first. Strength is how certain the conclusion is, not how much memory it is about: first
 * come the rules that repeat what a device or a tracker said (a live trace, an open device, an ended process, a late
 * free), then those that count over several repetitions (new programs, growth), then those that count references, and
 * last those that recognise a pattern of sizes, addresses or devices, which other code may show too.
 */
public final class Diagnoses {

    private static final List<DiagnosisRule> RULES = List.of(
            new TraceAlive(),
            new DeviceLeftOpen(),
            new ProcessEnded(),
            new FreedLate(),
            new NewPrograms(),
            new SteadyGrowth(),
            new HeldReferences(),
            new Unbalanced(),
            new CachedPrograms(),
            new CircularBuffers(),
            new MeshSkew(),
            new Weights());

    private Diagnoses() {}

    /**
     * Returns what a leak probably is, the strongest first; nothing when no rule has enough evidence, or nothing
     * leaked.
     */
    public static List<Diagnosis> of(Evidence evidence) {
        if (!evidence.isOfALeak()) {
            return List.of();
        }
        return RULES.stream()
                .map(rule -> rule.diagnose(evidence))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns the names of all rules, the strongest first. */
    public static List<String> rules() {
        return RULES.stream().map(DiagnosisRule::name).toList();
    }
}

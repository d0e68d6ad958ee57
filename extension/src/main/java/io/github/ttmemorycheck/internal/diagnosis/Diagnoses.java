package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.report.Diagnosis;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Asks every rule what a leak is. Pure functions; safe for use by several threads.
 *
 * <p>The strongest rule comes first. Strength is how certain the conclusion is, not how much memory it is about: first
 * come the rules that repeat what a device or a tracker said (a live trace, an open device, an ended process, a late
 * free), then those that count over several repetitions (new programs, growth), then those that count references, and
 * last those that recognise a pattern of sizes, addresses or devices, which other code may show too.
 */
public final class Diagnoses {

    /**
     * One thing that a leak can be.
     *
     * @param name also that of its page: lower case, words joined by {@code -}
     * @param diagnose given the name, makes the diagnosis; empty where the facts do not say so
     */
    private record Rule(String name, BiFunction<String, Evidence, Optional<Diagnosis>> diagnose) {}

    private static final List<Rule> RULES = List.of(
            new Rule("trace-alive", FactRules::traceAlive),
            new Rule("device-left-open", FactRules::deviceLeftOpen),
            new Rule("process-ended", FactRules::processEnded),
            new Rule("freed-late", FactRules::freedLate),
            new Rule("new-programs", RepetitionRules::newPrograms),
            new Rule("growth", RepetitionRules::growth),
            new Rule("held-references", ReferenceRules::heldReferences),
            new Rule("unbalanced", ReferenceRules::unbalanced),
            new Rule("program-cache", CachedPrograms::diagnose),
            new Rule("circular-buffers", CircularBuffers::diagnose),
            new Rule("mesh-skew", MeshSkew::diagnose),
            new Rule("weights", Weights::diagnose));

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
                .map(rule -> rule.diagnose().apply(rule.name(), evidence))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns the names of all rules, the strongest first. */
    public static List<String> rules() {
        return RULES.stream().map(Rule::name).toList();
    }
}

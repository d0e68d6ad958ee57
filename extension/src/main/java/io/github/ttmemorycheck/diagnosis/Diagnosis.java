package io.github.ttmemorycheck.diagnosis;

import java.util.List;
import java.util.Objects;

/**
 * What a rule concludes from the facts of a leak. Immutable.
 *
 * @param rule the rule's name, for example {@code mesh-skew}; its page in the documentation has the same name
 * @param conclusion what the leak probably is, one clause without a full stop
 * @param evidence the facts that say so, one or more whole sentences
 * @param fixes what to do about it, an imperative clause each; may be empty
 */
public record Diagnosis(String rule, String conclusion, String evidence, List<String> fixes) {

    /**
     * Copies the list.
     *
     * @param rule as the component says
     * @param conclusion as the component says
     * @param evidence as the component says
     * @param fixes as the component says
     */
    public Diagnosis {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(conclusion, "conclusion");
        Objects.requireNonNull(evidence, "evidence");
        fixes = List.copyOf(fixes);
    }
}

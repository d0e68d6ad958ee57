package io.github.ttmemorycheck.report;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a rule concludes from the facts of a leak. Immutable.
 *
 * @param rule the rule's name, for example {@code mesh-skew}; its page in the documentation has the same name
 * @param conclusion what the leak probably is, one clause without a full stop
 * @param evidence the facts that say so, one or more whole sentences
 * @param fixes what to do about it, an imperative clause each; may be empty
 * @param explains the kinds of memory of which it explains all that was left; may be empty
 */
public record Diagnosis(String rule, String conclusion, String evidence, List<String> fixes, Set<MemoryKind> explains) {

    /** Where the pages of the rules are, each named by its rule and {@code .md}. */
    public static final String PAGES = "https://github.com/ttmemorycheck/tt-memory-check/blob/main/docs/diagnosis/";

    /**
     * Copies the collections.
     *
     * @param rule as the component says
     * @param conclusion as the component says
     * @param evidence as the component says
     * @param fixes as the component says
     * @param explains as the component says
     */
    public Diagnosis {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(conclusion, "conclusion");
        Objects.requireNonNull(evidence, "evidence");
        fixes = List.copyOf(fixes);
        explains = Set.copyOf(explains);
    }

    /**
     * Makes a diagnosis that does not claim to explain all of any kind.
     *
     * @param rule as the component says
     * @param conclusion as the component says
     * @param evidence as the component says
     * @param fixes as the component says
     */
    public Diagnosis(String rule, String conclusion, String evidence, List<String> fixes) {
        this(rule, conclusion, evidence, fixes, Set.of());
    }

    /**
     * Returns where the rule is explained.
     *
     * @return the address of a page
     */
    public String page() {
        return PAGES + rule + ".md";
    }
}

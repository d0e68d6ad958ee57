package io.github.ttmemorycheck.report;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * What a rule concludes from the facts of a leak.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param rule the rule's name, for example {@code mesh-skew}; its page in the documentation has the same name
 * @param conclusion what the leak probably is, one clause without a full stop
 * @param evidence the facts that say so, one or more whole sentences
 * @param fixes what to do about it, an imperative clause each; may be empty
 * @param explains the kinds of memory of which it explains all that was left; may be empty
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record Diagnosis(String rule, String conclusion, String evidence, List<String> fixes, Set<MemoryKind> explains)
        implements Serializable {

    /** Copies the collections. */
    @API(status = INTERNAL)
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
     * @param rule the rule's name
     * @param conclusion one clause
     * @param evidence whole sentences
     * @param fixes imperative clauses
     */
    @API(status = INTERNAL)
    public Diagnosis(String rule, String conclusion, String evidence, List<String> fixes) {
        this(rule, conclusion, evidence, fixes, Set.of());
    }

    /** {@return the address of the page on which the documentation of this version explains the rule} */
    public String page() {
        return Documentation.OF_THIS_VERSION + "diagnosis/" + rule + ".md";
    }
}

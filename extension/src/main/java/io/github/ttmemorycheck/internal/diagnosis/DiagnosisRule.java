package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.report.Diagnosis;
import java.util.Optional;

/** One thing that a leak can be. Stateless. */
interface DiagnosisRule {

    /** Returns the name, which is also that of its page: lower case, words joined by {@code -}. */
    String name();

    /** Returns what the leak is, with the facts that say so; empty where they do not. */
    Optional<Diagnosis> diagnose(Evidence evidence);
}

package io.github.ttmemorycheck.report;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/** What was found for one kind of memory on one device. */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Verdict {
    /** Nothing was left. */
    CLEAN("clean"),
    /** Something was left, and no more than is allowed. */
    WITHIN_BASELINE("within baseline"),
    /** More was left than is allowed, and that is known and waived. */
    KNOWN("known leak"),
    /** More was left than is allowed. */
    LEAKED("leaked"),
    /** What is held grew at every repetition, or at nearly all of many. */
    GREW("grew"),
    /** It could not be measured. */
    INCONCLUSIVE("inconclusive");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /**
     * {@return whether a test with such a finding fails: {@link #LEAKED}, {@link #GREW} and {@link #INCONCLUSIVE} do}
     */
    public boolean fails() {
        return compareTo(LEAKED) >= 0;
    }

    /** {@return the word used in messages} */
    public String label() {
        return label;
    }
}

package io.github.ttmemorycheck.internal.leak;

/** How specific a level of a baseline is; the most specific comes first. */
public enum BaselineScope {
    /** Stated on a test method. */
    METHOD,
    /** Stated on a test class, or on one that encloses it. */
    CLASS,
    /** Stated in the configuration of the run. */
    CONFIGURATION
}

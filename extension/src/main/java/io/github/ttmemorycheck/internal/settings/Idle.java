package io.github.ttmemorycheck.internal.settings;

/** What becomes of a class in which the tracker saw nothing. */
public enum Idle {
    WARN,
    FAIL,
    IGNORE
}

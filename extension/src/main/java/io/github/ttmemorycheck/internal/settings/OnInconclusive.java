package io.github.ttmemorycheck.internal.settings;

/** What becomes of a test that could not be measured. */
public enum OnInconclusive {
    FAIL,
    WARN
}

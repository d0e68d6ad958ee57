package io.github.ttmemorycheck.internal.settings;

/** What becomes of a test that frees an address twice. */
public enum DoubleFree {
    WARN,
    FAIL,
    IGNORE
}

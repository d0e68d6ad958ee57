package io.github.ttmemorycheck.internal.settings;

/** When garbage is collected before judging. */
public enum GcMode {
    /** Only where it can change a verdict. */
    AUTO,
    ALWAYS,
    NEVER
}

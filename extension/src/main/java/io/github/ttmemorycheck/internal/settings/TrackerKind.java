package io.github.ttmemorycheck.internal.settings;

/** Which tracker is used. */
public enum TrackerKind {
    AUTO,
    EMBEDDED,
    SERVER,
    SHM
}

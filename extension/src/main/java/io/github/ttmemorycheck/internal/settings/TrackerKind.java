package io.github.ttmemorycheck.internal.settings;

/** Who is asked what is allocated. */
public enum TrackerKind {
    /** All of the others, each where it is there. */
    AUTO,
    EMBEDDED,
    SERVER,
    SHM,
    DEVICE
}

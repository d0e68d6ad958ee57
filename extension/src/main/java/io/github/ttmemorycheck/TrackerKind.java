package io.github.ttmemorycheck;

/** Which tracker is used, as {@link TtMemoryCheckSettings#TRACKER} sets it. */
enum TrackerKind {
    AUTO,
    EMBEDDED,
    SERVER,
    SHM
}

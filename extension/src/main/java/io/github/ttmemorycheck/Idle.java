package io.github.ttmemorycheck;

/** What becomes of a class in which the tracker saw nothing, as {@link TtMemoryCheckSettings#IDLE} sets it. */
enum Idle {
    WARN,
    FAIL,
    IGNORE
}

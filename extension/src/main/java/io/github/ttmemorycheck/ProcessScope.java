package io.github.ttmemorycheck;

/** Whose memory is judged, as {@link TtMemoryCheckSettings#PROCESSES} sets it. */
enum ProcessScope {
    ALL,
    TREE
}

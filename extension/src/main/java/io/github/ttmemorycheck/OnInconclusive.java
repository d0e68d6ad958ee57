package io.github.ttmemorycheck;

/** What a test does that could not be measured, as {@link TtMemoryCheckSettings#INCONCLUSIVE} sets it. */
enum OnInconclusive {
    FAIL,
    WARN
}

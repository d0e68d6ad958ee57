package io.github.ttmemorycheck;

/** What a leak does, as {@link TtMemoryCheckSettings#MODE} sets it. */
enum Mode {
    FAIL,
    WARN,
    OFF
}

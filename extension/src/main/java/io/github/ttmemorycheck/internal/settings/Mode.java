package io.github.ttmemorycheck.internal.settings;

/** What a leak does. */
public enum Mode {
    FAIL,
    WARN,
    OFF
}

package io.github.ttmemorycheck.internal.settings;

/** Whose memory is judged. */
public enum ProcessScope {
    ALL,
    TREE
}

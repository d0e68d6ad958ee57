package io.github.ttmemorycheck.internal.settings;

/** Whose memory is judged. */
public enum ProcessScope {
    /** That of this JVM, of its descendants, and of what the same user started later and no other JVM of tests has. */
    RUN,
    /** That of this JVM and its descendants. */
    TREE,
    ALL
}

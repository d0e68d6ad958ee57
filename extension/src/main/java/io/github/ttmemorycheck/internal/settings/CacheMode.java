package io.github.ttmemorycheck.internal.settings;

/** When program caches are cleared where neither an annotation nor code says it. */
public enum CacheMode {
    /** After each test. */
    EACH,
    /** When the tests of a class are through. */
    CLASS
}

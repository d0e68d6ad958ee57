package io.github.ttmemorycheck.internal.settings;

/** When program caches are cleared where no annotation says it. */
public enum CacheMode {
    /** After each test. */
    EACH,
    /** When the tests of a class are through. */
    CLASS
}

package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/** When the program caches of the devices are cleared, so that what they hold is not taken for a leak. */
@API(status = EXPERIMENTAL, since = "0.1")
public enum ProgramCacheClearing {

    /** Right after each test method, and again before its verdict where a cache filled in the meantime. */
    AFTER_EACH,

    /**
     * Once, when the tests of the class are through, before the first {@code @AfterAll} closes the device: programs are
     * compiled once for the class. A test whose caches gained no program is judged at once; what a test leaves while
     * they grew is judged with the class, whose message names the test; what a baseline or waiver of the method lets
     * pass then is not charged. Caches that were named for the class are cleared once as well. On a method whose class
     * is not checked it is as {@link #AFTER_EACH}: nobody else would clear.
     */
    AFTER_ALL
}

package io.github.ttmemorycheck.internal.runreport;

import java.util.Objects;

/**
 * What was checked.
 *
 * @param id the unique id that JUnit gives it; the same when it is run again
 * @param name as messages name it, for example {@code LlamaTests.decode()}
 * @param className the full name of its class
 * @param scope what it is
 */
public record CheckSubject(String id, String name, String className, CheckScope scope) {

    /** Checks that nothing is missing. */
    public CheckSubject {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(scope, "scope");
    }
}

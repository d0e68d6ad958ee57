package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.report.Subject;

/**
 * Where something stands in the code of tests: on a class, or on a method of it. It is the same in every run, whatever
 * unique ids JUnit gives.
 *
 * @param className the binary name of the class, which may have inherited the method
 * @param method the method with its parameters' types, for example {@code decode()}; empty for a class
 */
public record TestPlace(String className, String method) {

    /** Returns where a test or class that was judged stands. */
    public static TestPlace of(Subject subject) {
        return new TestPlace(subject.className(), subject.method());
    }

    /** Returns whether it is on a method. */
    public boolean isOnMethod() {
        return !method.isEmpty();
    }

    /** Returns the name that messages use, for example {@code LlamaTests.decode()}. */
    @Override
    public String toString() {
        return Subject.classNameWithoutPackage(className) + (isOnMethod() ? "." + method : "");
    }
}

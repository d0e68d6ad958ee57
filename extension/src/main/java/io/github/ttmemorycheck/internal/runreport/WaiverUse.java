package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;

/**
 * What became of a waiver.
 *
 * @param annotation as it is written
 * @param className the binary name of the class that it stands on, or that has the method
 * @param method the method that it stands on, such as {@code step(int)}; empty where it stands on the class
 * @param state {@code used}, {@code unused}, {@code refused} or {@code not-judged}
 */
public record WaiverUse(String annotation, String className, String method, String state) {

    /** Returns where it stands, for example {@code LlamaTests.step(int)}. */
    String place() {
        return Subject.classNameWithoutPackage(className) + (method.isEmpty() ? "" : "." + method);
    }
}

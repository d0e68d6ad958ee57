package io.github.ttmemorycheck.report;

/** Subjects for tests, of classes in the package {@code org.example}. */
public final class Subjects {

    private Subjects() {}

    /** A test named {@code LlamaTests.decode()}. */
    public static Subject test(String name) {
        return of(name, Subject.Scope.TEST);
    }

    /** A class named {@code LlamaTests}, as a whole. */
    public static Subject wholeClass(String name) {
        return of(name, Subject.Scope.CLASS);
    }

    /** What a name means, its class before the first dot and its method behind. */
    public static Subject of(String name, Subject.Scope scope) {
        int dot = name.indexOf('.');
        return new Subject(
                scope,
                "[engine:junit-jupiter]/[test:" + name + "]",
                "org.example." + (dot < 0 ? name : name.substring(0, dot)),
                dot < 0 ? "" : name.substring(dot + 1),
                "",
                name);
    }
}

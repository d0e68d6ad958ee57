package io.github.ttmemorycheck.report;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * What was judged: a test, the repetitions of a test together, or a class as a whole. Two subjects are the same when
 * their unique ids and scopes are, whatever they are called: classes of one simple name in two packages share nothing.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param scope how much was judged
 * @param uniqueId the id that JUnit gave it; that of the method for repetitions
 * @param className the binary name of the test class, for example {@code com.example.LlamaTests$Decode}
 * @param method the test method with the types of its parameters, for example {@code step(int)}; they are without their
 *     packages unless another method of the class would be called the same; empty for a class
 * @param invocation the number of each invocation that it is, the outermost first, for example {@code [2]}; empty for
 *     what is no invocation of a template
 * @param displayName the name that JUnit displays
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record Subject(
        Scope scope, String uniqueId, String className, String method, String invocation, String displayName)
        implements Serializable {

    /** How much was judged. */
    public enum Scope {
        /** One test, or one invocation of a template. */
        TEST("test"),
        /** A {@code @TestFactory} with all its dynamic tests, into which JUnit lets no extension. */
        FACTORY("test"),
        /** One test that JUnit Jupiter does not run: no annotation counts for it. */
        OUTSIDE("test"),
        /** All invocations of a test together. */
        REPETITIONS("repetitions"),
        /** A class, after all its tests. */
        CLASS("class");

        private final String word;

        Scope(String word) {
            this.word = word;
        }

        /** {@return the lower-case word that the report of the run uses} */
        public String word() {
            return word;
        }
    }

    private static final Pattern INVOCATION = Pattern.compile("-invocation:#(\\d+)]");

    /** Checks that nothing is missing. */
    @API(status = INTERNAL)
    public Subject {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(uniqueId, "uniqueId");
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(invocation, "invocation");
        Objects.requireNonNull(displayName, "displayName");
    }

    /**
     * {@return the name that messages use: {@code LlamaTests.Decode.step(int)[2]}, or {@code LlamaTests} for a class}
     */
    public String name() {
        return classNameWithoutPackage(className) + (method.isEmpty() ? "" : "." + method) + invocation;
    }

    /**
     * {@return the name with its package and without the number of an invocation: {@code
     * com.example.LlamaTests.Decode.step(int)}}
     */
    public String qualifiedName() {
        return className.replace('$', '.') + (method.isEmpty() ? "" : "." + method);
    }

    /** {@return whether a class as a whole was judged, not a test or its repetitions} */
    public boolean wholeClass() {
        return scope == Scope.CLASS;
    }

    /** {@return whether one test, invocation or test factory was judged} */
    public boolean isTest() {
        return scope == Scope.TEST || scope == Scope.FACTORY || scope == Scope.OUTSIDE;
    }

    /** {@return the test that this is an invocation of, as the subject of all its {@link Scope#REPETITIONS}} */
    public Subject repetitions() {
        String ofAll =
                invocation.isEmpty() ? uniqueId : INVOCATION.matcher(uniqueId).replaceAll("]");
        return new Subject(Scope.REPETITIONS, ofAll, className, method, "", displayName);
    }

    /**
     * Finds what JUnit numbers in a unique id.
     *
     * @param uniqueId of a test or class
     * @return where each invocation of a template stands in it, the outermost first, with its number as the first group
     */
    @API(status = INTERNAL)
    public static Stream<MatchResult> invocations(String uniqueId) {
        return INVOCATION.matcher(uniqueId).results();
    }

    /**
     * {@return whether another subject is of the same test method or class, in whatever invocation}
     *
     * @param other the other one
     */
    public boolean isOfTheSameTestAs(Subject other) {
        return className.equals(other.className) && method.equals(other.method);
    }

    /**
     * {@return a class's name as messages use it: {@code LlamaTests.Decode}}
     *
     * @param className a binary name
     */
    public static String classNameWithoutPackage(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Subject that && scope == that.scope && uniqueId.equals(that.uniqueId);
    }

    @Override
    public int hashCode() {
        return uniqueId.hashCode();
    }

    /** Returns the {@link #name()}. */
    @Override
    public String toString() {
        return name();
    }
}

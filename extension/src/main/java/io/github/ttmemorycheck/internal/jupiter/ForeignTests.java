package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.report.Subject;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Finds what is annotated although another engine than JUnit Jupiter runs it: no other engine knows Jupiter's
 * extensions, and the annotation does nothing there.
 */
final class ForeignTests {

    private static final String JUPITER = "junit-jupiter";

    private ForeignTests() {}

    /**
     * An annotated test or class.
     *
     * @param engine what runs it
     * @param selected what runs what it selects, for a suite
     */
    record Foreign(Subject subject, String engine, SortedSet<String> selected) {

        /** Returns whether JUnit Jupiter runs some of what it selects. */
        boolean selectsJupiter() {
            return selected.contains(JUPITER);
        }
    }

    static List<Foreign> in(TestPlan plan) {
        return plan.getRoots().stream()
                .filter(root -> !engine(root).equals(JUPITER))
                .flatMap(root -> Stream.concat(Stream.of(root), plan.getDescendants(root).stream()))
                .filter(test -> !engine(test).equals(JUPITER))
                .flatMap(test ->
                        subject(test).map(subject -> new Foreign(subject, engine(test), selected(plan, test))).stream())
                .toList();
    }

    /** Returns the other engines that run what is below a test: those of what a suite selects. */
    private static SortedSet<String> selected(TestPlan plan, TestIdentifier test) {
        SortedSet<String> engines = new TreeSet<>();
        plan.getDescendants(test).forEach(below -> engines.add(engine(below)));
        engines.remove(engine(test));
        return engines;
    }

    /** Returns the engine that runs it, which for a class of a suite is not that of the suite. */
    private static String engine(TestIdentifier test) {
        return test.getUniqueIdObject().getSegments().stream()
                .filter(segment -> segment.getType().equals("engine"))
                .reduce((outer, inner) -> inner)
                .map(UniqueId.Segment::getValue)
                .orElse("");
    }

    /** A class that cannot be loaded says nothing of its annotations; its engine reports it. */
    private static Optional<Subject> subject(TestIdentifier test) {
        try {
            return test.getSource().flatMap(source -> subject(test, source));
        } catch (RuntimeException | LinkageError unknown) {
            return Optional.empty();
        }
    }

    private static Optional<Subject> subject(TestIdentifier test, TestSource source) {
        if (source instanceof ClassSource of && isAnnotated(of.getJavaClass())) {
            return Optional.of(subject(test, Subject.Scope.CLASS, of.getClassName(), ""));
        }
        // Of an annotated class all is said with the class.
        if (source instanceof MethodSource of && isAnnotated(of.getJavaMethod()) && !isAnnotated(of.getJavaClass())) {
            String signature = ContextSubjects.signature(of.getJavaClass(), of.getJavaMethod());
            return Optional.of(subject(test, Subject.Scope.TEST, of.getClassName(), signature));
        }
        return Optional.empty();
    }

    private static Subject subject(TestIdentifier test, Subject.Scope scope, String className, String method) {
        return new Subject(scope, test.getUniqueId(), className, method, "", test.getDisplayName());
    }

    /**
     * Looks for the lock that the annotation carries: this room does not know the annotation itself, which is above it.
     */
    private static boolean isAnnotated(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, ResourceLock.class).stream()
                .map(ResourceLock::providers)
                .flatMap(Arrays::stream)
                .anyMatch(provider -> Objects.equals(provider, DeviceMemoryLock.class));
    }
}

package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.leak.TestPlace;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The tests that JUnit finds in a class when nothing is filtered. */
final class TestMethods {

    private TestMethods() {}

    /**
     * Returns where the tests of a class stand, inherited ones and those of its nested classes included.
     */
    static Set<TestPlace> of(Class<?> type) {
        Set<TestPlace> places = new HashSet<>();
        for (Method method :
                ReflectionSupport.findMethods(type, TestMethods::isTest, HierarchyTraversalMode.TOP_DOWN)) {
            places.add(new TestPlace(type.getName(), ContextSubjects.signature(type, method)));
        }
        for (Class<?> nested : ReflectionSupport.findNestedClasses(type, TestMethods::isTestClass)) {
            places.addAll(of(nested));
        }
        return places;
    }

    /** What JUnit passes over, with a warning, never runs. */
    private static boolean isTest(Method method) {
        boolean factory = AnnotationSupport.isAnnotated(method, TestFactory.class);
        boolean test = AnnotationSupport.isAnnotated(method, Test.class)
                || AnnotationSupport.isAnnotated(method, TestTemplate.class);
        boolean returnsNothing = method.getReturnType() == void.class;
        int not = Modifier.PRIVATE | Modifier.STATIC | Modifier.ABSTRACT;
        return (method.getModifiers() & not) == 0 && (returnsNothing ? test : factory);
    }

    private static boolean isTestClass(Class<?> type) {
        int not = Modifier.PRIVATE | Modifier.STATIC | Modifier.ABSTRACT;
        return (type.getModifiers() & not) == 0 && AnnotationSupport.isAnnotated(type, Nested.class);
    }
}

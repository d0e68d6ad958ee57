package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.report.Subject;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads from JUnit's contexts what is checked, and how it is called. */
public final class ContextSubjects {

    private static final Pattern INVOCATION = Pattern.compile("-invocation:#(\\d+)]");

    private ContextSubjects() {}

    static Subject of(ExtensionContext context) {
        return new Subject(
                scope(context.getTestMethod()),
                context.getUniqueId(),
                context.getTestClass().map(Class::getName).orElse(""),
                context.getTestMethod().map(ContextSubjects::signature).orElse(""),
                invocations(context.getUniqueId()),
                context.getDisplayName());
    }

    private static Subject.Scope scope(Optional<Method> method) {
        if (method.isEmpty()) {
            return Subject.Scope.CLASS;
        }
        return AnnotationSupport.isAnnotated(method, TestFactory.class) ? Subject.Scope.FACTORY : Subject.Scope.TEST;
    }

    /** Returns the class of a test or class, and those that enclose it, the innermost first. */
    public static List<Class<?>> classes(ExtensionContext context) {
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        context.getTestClass().ifPresent(classes::add);
        Collections.reverse(classes);
        return classes;
    }

    /** Returns a class's name as messages use it, for example {@code LlamaTests.Decode}. */
    public static String name(Class<?> type) {
        return Subject.classNameWithoutPackage(type.getName());
    }

    /** Returns a method's name with that of its class, for example {@code LlamaTests.step(int)}. */
    public static String name(Method method) {
        return name(method.getDeclaringClass()) + "." + signature(method);
    }

    /** Returns what {@link Subject#qualifiedName()} is of a test whose class may have inherited the method. */
    static String qualifiedName(Class<?> type, Method method) {
        return new Subject(Subject.Scope.TEST, "", type.getName(), signature(method), "", "").qualifiedName();
    }

    /** Returns for example {@code step(int)}. */
    public static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * Finds the context that holds all invocations of a test: that of the outermost template that it is an invocation
     * of.
     *
     * @return empty for a test that runs once
     */
    static Optional<ExtensionContext> template(ExtensionContext test) {
        Optional<ExtensionContext> outermost = Optional.empty();
        for (Optional<ExtensionContext> at = Optional.of(test);
                at.isPresent();
                at = at.get().getParent()) {
            String id = at.get().getUniqueId();
            if (INVOCATION.matcher(id.substring(id.lastIndexOf('/') + 1)).find()) {
                outermost = at.get().getParent();
            }
        }
        return outermost;
    }

    /**
     * Returns whether each invocation of a test calls the same, as a {@code @RepeatedTest} does that does not ask which
     * of its repetitions it is. Other templates give each an argument, an object or a class of its own.
     */
    static boolean callsTheSame(ExtensionContext test) {
        Optional<ExtensionContext> own =
                template(test).filter(template -> template.getTestMethod().isPresent());
        return own.isPresent()
                && AnnotationSupport.isAnnotated(test.getTestMethod(), RepeatedTest.class)
                && !List.of(test.getRequiredTestMethod().getParameterTypes()).contains(RepetitionInfo.class);
    }

    private static String invocations(String uniqueId) {
        StringBuilder numbers = new StringBuilder();
        Matcher matcher = INVOCATION.matcher(uniqueId);
        while (matcher.find()) {
            numbers.append('[').append(matcher.group(1)).append(']');
        }
        return numbers.toString();
    }
}

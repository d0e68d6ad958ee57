package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.report.Subject;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Reads from JUnit's contexts what is checked, and how it is called. */
public final class ContextSubjects {

    /** What overloads of a class are both called where the packages of their parameters' types are left out. */
    private static final ClassValue<Set<String>> AMBIGUOUS = new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
            Map<String, Set<List<Class<?>>>> overloads = ReflectionSupport.findMethods(
                            type, method -> method.getParameterCount() > 0, HierarchyTraversalMode.TOP_DOWN)
                    .stream()
                    .collect(Collectors.groupingBy(
                            method -> signature(method, Class::getSimpleName),
                            Collectors.mapping(method -> List.of(method.getParameterTypes()), Collectors.toSet())));
            return overloads.entrySet().stream()
                    .filter(of -> of.getValue().size() > 1)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }
    };

    private ContextSubjects() {}

    static Subject of(ExtensionContext context) {
        return new Subject(
                scope(context.getTestMethod()),
                context.getUniqueId(),
                context.getTestClass().map(Class::getName).orElse(""),
                context.getTestMethod()
                        .map(method -> signature(context.getRequiredTestClass(), method))
                        .orElse(""),
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
        return name(method.getDeclaringClass()) + "." + signature(method.getDeclaringClass(), method);
    }

    /**
     * Returns for example {@code step(int)}. The types of the parameters are without their packages unless another
     * method would be called the same.
     *
     * @param type the test class, which may have inherited the method
     */
    public static String signature(Class<?> type, Method method) {
        String brief = signature(method, Class::getSimpleName);
        boolean ambiguous =
                method.getParameterCount() > 0 && AMBIGUOUS.get(type).contains(brief);
        return ambiguous ? signature(method, Class::getTypeName) : brief;
    }

    private static String signature(Method method, Function<Class<?>, String> nameOf) {
        return Arrays.stream(method.getParameterTypes())
                .map(nameOf)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
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
            if (Subject.invocations(id.substring(id.lastIndexOf('/') + 1))
                    .findAny()
                    .isPresent()) {
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
        return Subject.invocations(uniqueId)
                .map(number -> "[" + number.group(1) + "]")
                .collect(Collectors.joining());
    }
}

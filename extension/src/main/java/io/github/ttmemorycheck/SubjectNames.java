package io.github.ttmemorycheck;

import io.github.ttmemorycheck.report.Subject;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Names tests and classes the way messages and files do. */
final class SubjectNames {

    private static final Pattern INVOCATION = Pattern.compile("-invocation:#(\\d+)]");
    private static final Pattern INVOCATION_NUMBERS = Pattern.compile("(\\[\\d+])+$");
    private static final Pattern NOT_FOR_FILES = Pattern.compile("[^A-Za-z0-9._\\-\\[\\]]+");

    /** A file's name may have 255 bytes; what follows this takes less than fifty. */
    private static final int LONGEST_FILE = 200;

    private static final int ASCII = 128;

    private SubjectNames() {}

    /** For example {@code LlamaTests.Decode.step(int)[2]}, or {@code LlamaTests} for a class. */
    static String of(ExtensionContext context) {
        String type = context.getTestClass().map(SubjectNames::of).orElse("");
        return context.getTestMethod()
                .map(method -> type + "." + signature(method) + invocations(context))
                .orElse(type + invocations(context));
    }

    static Subject subject(ExtensionContext context) {
        boolean factory = AnnotationSupport.isAnnotated(context.getTestMethod(), TestFactory.class);
        return new Subject(
                context.getTestMethod().isEmpty()
                        ? Subject.Scope.CLASS
                        : factory ? Subject.Scope.FACTORY : Subject.Scope.TEST,
                context.getUniqueId(),
                context.getTestClass().map(Class::getName).orElse(""),
                context.getTestMethod().map(SubjectNames::signature).orElse(""),
                invocations(context),
                context.getDisplayName());
    }

    /** For example {@code org.example.LlamaTests.decode()}: the name without the number of an invocation, in its package. */
    static String qualified(ExtensionContext context, String name) {
        return context.getTestClass().map(Class::getPackageName).orElse("") + "." + withoutInvocations(name);
    }

    /** For example {@code LlamaTests.Decode}: the name without its package. */
    static String of(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    /**
     * For example {@code LlamaTests.Decode.step_int_[2]}, as part of a file's name. One that is cut, or whose letters not
     * every file system takes, ends with a number that tells it from others.
     */
    static String file(String subject) {
        String name = NOT_FOR_FILES.matcher(subject.replace("()", "")).replaceAll("_");
        boolean whole = name.length() <= LONGEST_FILE && subject.chars().allMatch(letter -> letter < ASCII);
        return whole
                ? name
                : name.substring(0, Math.min(LONGEST_FILE, name.length())) + "-"
                        + Integer.toHexString(subject.hashCode());
    }

    /** For example {@code LlamaTests.step(int)}: a method with its class. */
    static String of(Method method) {
        return of(method.getDeclaringClass()) + "." + signature(method);
    }

    /** For example {@code step(int)}. */
    static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String invocations(ExtensionContext context) {
        StringBuilder numbers = new StringBuilder();
        Matcher matcher = INVOCATION.matcher(context.getUniqueId());
        while (matcher.find()) {
            numbers.append('[').append(matcher.group(1)).append(']');
        }
        return numbers.toString();
    }

    /** The name of a test without the numbers of its invocation. */
    static String withoutInvocations(String name) {
        return INVOCATION_NUMBERS.matcher(name).replaceAll("");
    }
}

package io.github.ttmemorycheck;

import io.github.ttmemorycheck.snapshot.ByteSize;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The attributes of the {@link TtMemoryCheck} in force, checked: the one on the method, else what is configured in code, else
 * the one on its class, else on the nearest enclosing class.
 *
 * @param devices the devices to judge
 * @param warmups repetitions that may fill caches
 * @param growthTolerance what a repetition may add, in bytes
 */
record CheckAttributes(IntPredicate devices, int warmups, long growthTolerance) {

    private static final CheckAttributes DEFAULTS = new CheckAttributes(device -> true, 1, 0);

    static CheckAttributes of(ExtensionContext context, CheckConfiguration code) {
        String where = SubjectNames.of(context);
        return context.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, TtMemoryCheck.class))
                .map(annotation -> read(annotation, where))
                .or(code::attributes)
                .or(() -> context.getTestClass()
                        .flatMap(type -> AnnotationSupport.findAnnotation(
                                type, TtMemoryCheck.class, context.getEnclosingTestClasses()))
                        .map(annotation -> read(annotation, where)))
                .orElse(DEFAULTS);
    }

    /** Reads the annotations of every method of a class, so that a mistake in one is found before the first test. */
    static void checkMethods(Class<?> type) {
        for (Method method : ReflectionSupport.findMethods(type, any -> true, HierarchyTraversalMode.TOP_DOWN)) {
            AnnotationSupport.findAnnotation(method, TtMemoryCheck.class)
                    .ifPresent(annotation -> read(annotation, SubjectNames.of(method)));
        }
    }

    private static CheckAttributes read(TtMemoryCheck annotation, String where) {
        return of(
                annotation.devices(), annotation.warmups(), annotation.growthTolerance(), "@TtMemoryCheck on " + where);
    }

    /** Checks attributes; a mistake is said with the place they stand at. */
    static CheckAttributes of(int[] devices, int warmups, String growthTolerance, String place) {
        int[] wanted = devices.clone();
        if (warmups < 0) {
            throw new ExtensionConfigurationException(
                    place + ": the number of warm-ups must be 0 or more, not " + warmups);
        }
        return new CheckAttributes(
                device -> wanted.length == 0 || Arrays.stream(wanted).anyMatch(named -> named == device),
                warmups,
                tolerance(growthTolerance, place));
    }

    private static long tolerance(String size, String place) {
        try {
            return ByteSize.parse(size).bytes();
        } catch (IllegalArgumentException refused) {
            throw new ExtensionConfigurationException(place + ": growthTolerance: " + refused.getMessage(), refused);
        }
    }
}

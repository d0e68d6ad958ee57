package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.check.CheckAttributes;
import io.github.ttmemorycheck.internal.jupiter.ContextSubjects;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Reads the attributes of the {@link TtMemoryCheck} in force: of the one on the method, else of what is configured in
 * code, else of the one on its class, else on the nearest enclosing class.
 */
final class AttributesReader {

    private AttributesReader() {}

    static CheckAttributes of(ExtensionContext context, StatedInCode code) {
        String type = context.getTestClass().map(ContextSubjects::name).orElse("");
        Optional<CheckAttributes> onMethod = context.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, TtMemoryCheck.class)
                        .map(annotation -> read(annotation, type + "." + ContextSubjects.signature(method))));
        return onMethod.or(code::attributes)
                .or(() -> context.getTestClass()
                        .flatMap(found -> AnnotationSupport.findAnnotation(
                                found, TtMemoryCheck.class, context.getEnclosingTestClasses()))
                        .map(annotation -> read(annotation, type)))
                .orElse(CheckAttributes.DEFAULTS);
    }

    /** Reads the attributes on a method, for the mistakes in them. */
    static void check(Method method) {
        AnnotationSupport.findAnnotation(method, TtMemoryCheck.class)
                .ifPresent(annotation -> read(annotation, ContextSubjects.name(method)));
    }

    private static CheckAttributes read(TtMemoryCheck annotation, String where) {
        return read(
                annotation.devices(), annotation.warmups(), annotation.growthTolerance(), "@TtMemoryCheck on " + where);
    }

    /** Checks attributes; a mistake is said with the place where they stand. */
    static CheckAttributes read(int[] devices, int warmups, String growthTolerance, String place) {
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

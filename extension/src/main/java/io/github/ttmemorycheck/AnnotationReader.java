package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.check.CheckAttributes;
import io.github.ttmemorycheck.internal.check.Stated;
import io.github.ttmemorycheck.internal.jupiter.ContextSubjects;
import io.github.ttmemorycheck.internal.jupiter.StatedRules;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Reads all annotations that are in force for a test or class, beside what code states.
 *
 * @param inCode the attributes of {@link TtMemoryCheck} that code states
 * @param baseline the baseline that code states, as {@link MemoryBaseline} on the class does
 */
record AnnotationReader(Optional<CheckAttributes> inCode, Optional<BaselineLevel> baseline) implements StatedRules {

    @Override
    public boolean isConfiguredInCode() {
        return inCode.isPresent() || baseline.isPresent();
    }

    @Override
    public Stated of(ExtensionContext context) {
        List<BaselineLevel> onClasses = new ArrayList<>(BaselineReader.onClasses(context));
        baseline.ifPresent(onClasses::add);
        return new Stated(
                attributes(context),
                context.getTestMethod().map(BaselineReader::on).orElse(List.of()),
                onClasses,
                BaselineReader.on(context.getRequiredTestClass()),
                WaiverReader.of(context));
    }

    @Override
    public void checkMethods(Class<?> type) {
        for (Method method : ReflectionSupport.findMethods(type, any -> true, HierarchyTraversalMode.TOP_DOWN)) {
            on(method, ContextSubjects.name(method));
            BaselineReader.on(method);
            WaiverReader.check(method);
        }
    }

    /**
     * Reads the attributes of the {@link TtMemoryCheck} in force: of the one on the method, else what is configured in
     * code, else of the one on its class, else of that on the nearest enclosing class.
     */
    private CheckAttributes attributes(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        String place = ContextSubjects.name(type);
        return context.getTestMethod()
                .flatMap(method -> on(method, place + "." + ContextSubjects.signature(type, method)))
                .or(() -> inCode)
                .or(() -> AnnotationSupport.findAnnotation(type, TtMemoryCheck.class, context.getEnclosingTestClasses())
                        .map(annotation -> read(annotation, place)))
                .orElse(CheckAttributes.DEFAULTS);
    }

    private static Optional<CheckAttributes> on(Method method, String place) {
        return AnnotationSupport.findAnnotation(method, TtMemoryCheck.class).map(annotation -> read(annotation, place));
    }

    private static CheckAttributes read(TtMemoryCheck annotation, String place) {
        return attributes(
                annotation.devices(),
                annotation.warmups(),
                annotation.growthTolerance(),
                clearing(annotation),
                "@TtMemoryCheck on " + place);
    }

    /** An attribute that is its default cannot be told from one that is not written: the setting decides then. */
    private static Optional<ProgramCacheClearing> clearing(TtMemoryCheck annotation) {
        return Optional.of(annotation.clearProgramCache()).filter(ProgramCacheClearing.AFTER_ALL::equals);
    }

    /** Checks attributes; a mistake is said with the place where they stand. */
    static CheckAttributes attributes(
            int[] devices, int warmups, String growthTolerance, Optional<ProgramCacheClearing> clearing, String place) {
        int[] wanted = devices.clone();
        if (warmups < 0) {
            throw new ExtensionConfigurationException(
                    place + ": the number of warm-ups must be 0 or more, not " + warmups);
        }
        try {
            return new CheckAttributes(
                    device -> wanted.length == 0 || Arrays.stream(wanted).anyMatch(named -> named == device),
                    warmups,
                    ByteSize.parse(growthTolerance).bytes(),
                    clearing.map(ProgramCacheClearing.AFTER_ALL::equals));
        } catch (IllegalArgumentException refused) {
            throw new ExtensionConfigurationException(place + ": growthTolerance: " + refused.getMessage(), refused);
        }
    }
}

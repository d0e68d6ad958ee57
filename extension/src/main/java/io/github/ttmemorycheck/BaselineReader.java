package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.BaselineStatement;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Reads {@link MemoryBaseline} annotations, the most specific first: the method, its class, the class's superclasses and
 * interfaces, then the enclosing classes in the same way. At each place what stands there itself comes before what a
 * composed annotation there states, so that a subclass or a single test can state otherwise.
 */
final class BaselineReader {

    private static final String ANNOTATION = "@MemoryBaseline on ";

    private BaselineReader() {}

    /** Reads what is in force for a test or a class. */
    static Baseline of(
            ExtensionContext context,
            CheckConfiguration code,
            List<BaselineLevel> recorded,
            BaselineLevel configuration) {
        List<BaselineLevel> levels = new ArrayList<>();
        context.getTestMethod().ifPresent(method -> add(method, levels));
        levels.addAll(recorded);
        for (Class<?> type : places(context)) {
            add(type, levels);
        }
        code.baseline().ifPresent(levels::add);
        levels.add(configuration);
        return new Baseline(levels);
    }

    /** Reads the annotations of every method of a class, so that a mistake in one is found before the first test. */
    static void checkMethods(Class<?> type) {
        for (Method method : ReflectionSupport.findMethods(type, any -> true, HierarchyTraversalMode.TOP_DOWN)) {
            add(method, new ArrayList<>());
        }
    }

    /** Tells whether an allowance with this source is stated on this very class. */
    static boolean isStatedOn(String source, Class<?> type) {
        return source.equals(ANNOTATION + SubjectNames.of(type));
    }

    private static Set<Class<?>> places(ExtensionContext context) {
        Set<Class<?>> nearestFirst = new LinkedHashSet<>();
        context.getTestClass().ifPresent(type -> addHierarchy(type, nearestFirst));
        List<Class<?>> enclosing = context.getEnclosingTestClasses();
        for (int i = enclosing.size() - 1; i >= 0; i--) {
            addHierarchy(enclosing.get(i), nearestFirst);
        }
        return nearestFirst;
    }

    private static void addHierarchy(Class<?> type, Set<Class<?>> places) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            places.add(above);
        }
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            for (Class<?> implemented : above.getInterfaces()) {
                addHierarchy(implemented, places);
            }
        }
    }

    private static void add(AnnotatedElement element, List<BaselineLevel> levels) {
        List<MemoryBaseline> direct = new ArrayList<>();
        List<MemoryBaseline> composed = new ArrayList<>();
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (annotation instanceof MemoryBaseline baseline) {
                direct.add(baseline);
            } else if (annotation instanceof MemoryBaseline.Container container) {
                direct.addAll(List.of(container.value()));
            } else {
                composed.addAll(
                        AnnotationSupport.findRepeatableAnnotations(annotation.annotationType(), MemoryBaseline.class));
            }
        }
        add(direct, element, levels);
        add(composed, element, levels);
    }

    private static void add(List<MemoryBaseline> stated, AnnotatedElement element, List<BaselineLevel> levels) {
        if (stated.isEmpty()) {
            return;
        }
        String place = element instanceof Method method ? SubjectNames.of(method) : SubjectNames.of((Class<?>) element);
        BaselineScope scope = element instanceof Method ? BaselineScope.METHOD : BaselineScope.CLASS;
        List<BaselineStatement> statements = new ArrayList<>();
        for (MemoryBaseline baseline : stated) {
            for (MemoryKind kind : MemoryKind.values()) {
                String size = size(baseline, kind);
                if (!size.isEmpty()) {
                    statements.add(new BaselineStatement(baseline.device(), kind, parse(size, kind, place)));
                }
            }
        }
        try {
            levels.add(new BaselineLevel(ANNOTATION + place, scope, statements));
        } catch (IllegalArgumentException conflict) {
            throw new ExtensionConfigurationException(String.valueOf(conflict.getMessage()), conflict);
        }
    }

    private static long parse(String size, MemoryKind kind, String place) {
        try {
            return ByteSize.parse(size).bytes();
        } catch (IllegalArgumentException refused) {
            throw new ExtensionConfigurationException(
                    "@MemoryBaseline(" + kind.attribute() + " = \"" + size + "\") on " + place + ": "
                            + refused.getMessage(),
                    refused);
        }
    }

    private static String size(MemoryBaseline baseline, MemoryKind kind) {
        return switch (kind) {
            case DRAM -> baseline.dram();
            case L1 -> baseline.l1();
            case SYSTEM_MEMORY -> baseline.systemMemory();
            case L1_SMALL -> baseline.l1Small();
            case TRACE -> baseline.trace();
            case CIRCULAR_BUFFER -> baseline.circularBuffers();
            case KERNEL -> baseline.kernels();
        };
    }
}

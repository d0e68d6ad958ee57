package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.jupiter.ContextSubjects;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Reads {@link MemoryBaseline} annotations, the most specific first: the method, its class, the class's superclasses
 * and interfaces, then the enclosing classes in the same way. At each place what stands there itself comes before what
 * a composed annotation there states, so that a subclass or a single test can state otherwise.
 */
final class BaselineReader {

    private BaselineReader() {}

    /** Reads what is stated on the classes of a test or class, the most specific first. */
    static List<BaselineLevel> onClasses(ExtensionContext context) {
        return places(context).stream().flatMap(type -> on(type).stream()).toList();
    }

    private static Set<Class<?>> places(ExtensionContext context) {
        return ContextSubjects.classes(context).stream()
                .flatMap(BaselineReader::hierarchy)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns a class and its superclasses, the nearest first, then their interfaces in the same way. */
    private static Stream<Class<?>> hierarchy(Class<?> type) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            classes.add(above);
        }
        return Stream.concat(
                classes.stream(),
                classes.stream()
                        .flatMap(above -> Stream.of(above.getInterfaces()))
                        .flatMap(BaselineReader::hierarchy));
    }

    /** Reads what is stated on a class or a method. */
    static List<BaselineLevel> on(AnnotatedElement element) {
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
        return Stream.of(direct, composed)
                .filter(stated -> !stated.isEmpty())
                .map(stated -> level(stated, element))
                .toList();
    }

    private static BaselineLevel level(List<MemoryBaseline> stated, AnnotatedElement element) {
        boolean onMethod = element instanceof Method;
        String place = onMethod ? ContextSubjects.name((Method) element) : ContextSubjects.name((Class<?>) element);
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
            return new BaselineLevel(
                    "@MemoryBaseline on " + place, onMethod ? BaselineScope.METHOD : BaselineScope.CLASS, statements);
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

package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.jupiter.ContextSubjects;
import io.github.ttmemorycheck.internal.leak.TestPlace;
import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads {@link KnownLeak} annotations, the most specific first: the method, its class, the enclosing classes. */
final class WaiverReader {

    private WaiverReader() {}

    /** Reads what is in force for a test or a class. */
    static List<Waiver> of(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        List<Waiver> waivers = new ArrayList<>();
        context.getTestMethod()
                .ifPresent(method ->
                        waivers.addAll(read(method, place(type, ContextSubjects.signature(type, method)))));
        ContextSubjects.classes(context).forEach(around -> waivers.addAll(read(around, place(around, ""))));
        return waivers;
    }

    /** Reads what is stated on a method, for the mistakes in it. */
    static void check(Method method) {
        Class<?> type = method.getDeclaringClass();
        read(method, place(type, ContextSubjects.signature(type, method)));
    }

    private static TestPlace place(Class<?> type, String method) {
        return new TestPlace(type.getName(), method);
    }

    private static List<Waiver> read(AnnotatedElement element, TestPlace place) {
        return AnnotationSupport.findRepeatableAnnotations(element, KnownLeak.class).stream()
                .map(annotation -> read(annotation, place))
                .toList();
    }

    private static Waiver read(KnownLeak annotation, TestPlace place) {
        try {
            return new Waiver(
                    place,
                    annotation.device(),
                    annotation.reason(),
                    annotation.issue(),
                    annotation.max().isEmpty()
                            ? OptionalLong.empty()
                            : OptionalLong.of(ByteSize.parse(annotation.max()).bytes()),
                    annotation.until().isEmpty() ? Optional.empty() : Optional.of(date(annotation.until())));
        } catch (IllegalArgumentException refused) {
            throw new ExtensionConfigurationException("@KnownLeak on " + place + ": " + refused.getMessage(), refused);
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException notADate) {
            throw new IllegalArgumentException(
                    "until = \"" + text + "\" is not a date; allowed is an ISO date such as \"2027-03-31\"", notADate);
        }
    }
}

package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.device.TtDevice;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The devices in the value of a field: the value itself, or what it holds if it is a holder: an array, a collection or
 * map of the JDK, of Kotlin or an immutable one of Guava, an {@link Optional}, an {@link AtomicReference}, a {@link
 * CompletableFuture} that is done, or a lazy value that says that it is there.
 *
 * <p>Looking must not make a device, or open one. So a plain {@link Supplier} is left alone, and so is a collection of
 * any other class, which may make its elements as they are asked for.
 */
final class HeldDevices {

    /** Larger holders hold data. */
    private static final int MOST_ELEMENTS = 256;

    /** A map of lists of devices is looked into, and nothing deeper. */
    private static final int DEPTH = 3;

    private static final String KOTLIN_LAZY = "kotlin.Lazy";

    /** What says that a lazy value is there, and what then gives it. */
    private static final List<LazyValue> LAZY_VALUES = List.of(
            new LazyValue("isInitialized", "getValue"),
            new LazyValue("isInitialized", "get"),
            new LazyValue("isEvaluated", "get"));

    private record LazyValue(String isThere, String value) {}

    /** The two methods of a class of lazy values. */
    private record Lazily(Method isThere, Method value) {}

    private static final ClassValue<Optional<Lazily>> LAZILY = new ClassValue<>() {
        @Override
        protected Optional<Lazily> computeValue(Class<?> type) {
            List<Class<?>> all = supertypes(type).distinct().toList();
            return all.contains(Supplier.class)
                            || all.stream().anyMatch(above -> above.getName().equals(KOTLIN_LAZY))
                    ? LAZY_VALUES.stream()
                            .flatMap(names -> all.stream().flatMap(above -> lazily(above, names).stream()))
                            .findFirst()
                    : Optional.empty();
        }
    };

    private HeldDevices() {}

    /** Returns the devices, those that are mocks left out. */
    static List<TtDevice> in(@Nullable Object value) {
        if (value instanceof TtDevice device) {
            return MockedDevices.isMock(device) ? List.of() : List.of(device);
        }
        return value == null ? List.of() : in(value, DEPTH).toList();
    }

    private static Stream<TtDevice> in(Object value, int depth) {
        if (value instanceof TtDevice device) {
            return MockedDevices.isMock(device) ? Stream.empty() : Stream.of(device);
        }
        return depth == 0
                ? Stream.empty()
                : elements(value).filter(element -> element != null).flatMap(element -> in(element, depth - 1));
    }

    private static Stream<?> elements(Object value) {
        if (value instanceof Object[] array) {
            return array.length <= MOST_ELEMENTS ? Stream.of(array) : Stream.empty();
        }
        if (value instanceof Collection<?> collection) {
            return holdsItsElements(value) && collection.size() <= MOST_ELEMENTS
                    ? Stream.of(collection.toArray())
                    : Stream.empty();
        }
        if (value instanceof Map<?, ?> map) {
            return holdsItsElements(value) && map.size() <= MOST_ELEMENTS
                    ? Stream.of(map.values().toArray())
                    : Stream.empty();
        }
        if (value instanceof Optional<?> optional) {
            return optional.stream();
        }
        if (value.getClass().equals(AtomicReference.class)) {
            return Stream.ofNullable(((AtomicReference<?>) value).get());
        }
        if (value.getClass().equals(CompletableFuture.class)) {
            CompletableFuture<?> future = (CompletableFuture<?>) value;
            return future.isDone() && !future.isCompletedExceptionally()
                    ? Stream.ofNullable(future.getNow(null))
                    : Stream.empty();
        }
        return LAZILY.get(value.getClass()).stream().flatMap(lazily -> madeAlready(value, lazily).stream());
    }

    private static boolean holdsItsElements(Object collection) {
        String type = collection.getClass().getName();
        if (type.contains("Lazy") || type.contains("Stable")) {
            return false;
        }
        return type.startsWith("java.util.") || type.startsWith("kotlin.collections.") || isImmutable(collection);
    }

    private static boolean isImmutable(Object collection) {
        return supertypes(collection.getClass())
                .anyMatch(above -> above.getName().startsWith("com.google.common.collect.Immutable"));
    }

    private static Optional<Object> madeAlready(Object value, Lazily lazily) {
        if (MockedDevices.isMock(value)) {
            return Optional.empty();
        }
        try {
            return Boolean.TRUE.equals(lazily.isThere.invoke(value))
                    ? Optional.ofNullable(lazily.value.invoke(value))
                    : Optional.empty();
        } catch (IllegalAccessException | InvocationTargetException unreadable) {
            return Optional.empty();
        }
    }

    /** A method is called through a type that lets everybody call it: the classes of Kotlin's lazy values do not. */
    private static Optional<Lazily> lazily(Class<?> type, LazyValue names) {
        if (!Modifier.isPublic(type.getModifiers())) {
            return Optional.empty();
        }
        try {
            Method isThere = type.getMethod(names.isThere);
            return isThere.getReturnType().equals(boolean.class)
                    ? Optional.of(new Lazily(isThere, type.getMethod(names.value)))
                    : Optional.empty();
        } catch (NoSuchMethodException none) {
            return Optional.empty();
        }
    }

    private static Stream<Class<?>> supertypes(@Nullable Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(type),
                        Stream.concat(Stream.of(type.getInterfaces()), Stream.ofNullable(type.getSuperclass()))
                                .flatMap(HeldDevices::supertypes));
    }
}

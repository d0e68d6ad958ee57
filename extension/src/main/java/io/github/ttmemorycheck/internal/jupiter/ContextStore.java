package io.github.ttmemorycheck.internal.jupiter;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Where everything is kept that belongs to one test, class or run; JUnit closes what is {@link AutoCloseable} with it.
 */
final class ContextStore {

    private static final Namespace NAMESPACE = Namespace.create(ContextStore.class);

    private ContextStore() {}

    /**
     * Returns what is kept, made at the first call. A key must be unique in the whole run: a store also finds what the
     * stores of enclosing contexts hold.
     */
    // Its successor, computeIfAbsent, is missing from every JUnit 5.
    @SuppressWarnings("deprecation")
    static <T> T keep(ExtensionContext context, String key, Class<T> type, Supplier<T> make) {
        return Objects.requireNonNull(
                context.getStore(NAMESPACE).getOrComputeIfAbsent(key, unused -> make.get(), type));
    }

    static <T> Optional<T> find(ExtensionContext context, String key, Class<T> type) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(key, type));
    }

    /** Returns what is kept for a context and for those that enclose it, the innermost first. */
    static <T> Stream<T> findAround(ExtensionContext context, Function<ExtensionContext, String> key, Class<T> type) {
        return Stream.iterate(Optional.of(context), Optional::isPresent, at -> at.flatMap(ExtensionContext::getParent))
                .flatMap(Optional::stream)
                .flatMap(at -> find(at, key.apply(at), type).stream());
    }
}

package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Clearables.NamedCache;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The caches given to {@code DeviceMemory.addCache}, in the store of the test or class they were given to. */
record AddedCaches(List<NamedCache> caches) {

    /** Whether any cache was given in this JVM: to ask the stores of all contexts takes long, and few tests do that. */
    private static volatile boolean adding;

    static void add(ExtensionContext context, NamedCache cache) {
        adding = true;
        List<NamedCache> caches = ContextStore.keep(
                        context, key(context), AddedCaches.class, () -> new AddedCaches(new CopyOnWriteArrayList<>()))
                .caches;
        caches.removeIf(known -> known.name().equals(cache.name()));
        caches.add(cache);
    }

    /** Returns those that were added to a test or class itself. */
    static List<NamedCache> ofAlone(ExtensionContext context) {
        return adding
                ? ContextStore.find(context, key(context), AddedCaches.class)
                        .map(added -> List.copyOf(added.caches))
                        .orElse(List.of())
                : List.of();
    }

    /** Returns those of a test or class and of what encloses it, the innermost first. */
    static List<NamedCache> of(ExtensionContext context) {
        return adding
                ? ContextStore.findAround(context, AddedCaches::key, AddedCaches.class)
                        .flatMap(added -> added.caches.stream())
                        .toList()
                : List.of();
    }

    private static String key(ExtensionContext context) {
        return "added caches of " + context.getUniqueId();
    }
}

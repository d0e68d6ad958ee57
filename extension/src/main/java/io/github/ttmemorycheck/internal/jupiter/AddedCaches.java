package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Clearables.NamedCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The caches given to {@code DeviceMemory.addCache}, in the store of the test or class they were given to. */
record AddedCaches(List<NamedCache> caches) {

    static void add(ExtensionContext context, NamedCache cache) {
        List<NamedCache> caches = ContextStore.keep(
                        context, key(context), AddedCaches.class, () -> new AddedCaches(new CopyOnWriteArrayList<>()))
                .caches;
        caches.removeIf(known -> known.name().equals(cache.name()));
        caches.add(cache);
    }

    /** Returns those that were added to a test or class itself. */
    static List<NamedCache> ofAlone(ExtensionContext context) {
        return ContextStore.find(context, key(context), AddedCaches.class)
                .map(added -> List.copyOf(added.caches))
                .orElse(List.of());
    }

    /** Returns those of a test or class and of what encloses it, the innermost first. */
    static List<NamedCache> of(ExtensionContext context) {
        List<NamedCache> caches = new ArrayList<>();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            ContextStore.find(at.get(), key(at.get()), AddedCaches.class)
                    .ifPresent(added -> caches.addAll(added.caches));
        }
        return caches;
    }

    private static String key(ExtensionContext context) {
        return "added caches of " + context.getUniqueId();
    }
}

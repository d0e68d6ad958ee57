package io.github.ttmemorycheck.internal.jupiter;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * What checks whose library another class loader has loaded, as that of a Quarkus test is, use of the launcher's
 * session. Nothing but classes of the JDK crosses: those of the library are others there.
 */
final class LoaderBridge {

    /** The key in the session's store, and its namespace: a text, which is the same for every loader. */
    static final String KEY = "io.github.ttmemorycheck.session";

    private static final String KEYS = "keys";
    private static final String PICKS = "picks";
    private static final String REPORT = "report";

    private final Map<?, ?> parts;

    private LoaderBridge(Map<?, ?> parts) {
        this.parts = parts;
    }

    /**
     * Returns what the session's own side puts into the store.
     *
     * @param report adds the index of a run to the report in a folder; returns the number of the run in this JVM
     */
    static Map<String, Object> parts(
            Supplier<Set<String>> keys, BooleanSupplier picks, ToIntBiFunction<Path, List<String>> report) {
        BiFunction<Path, List<String>, Integer> boxed = report::applyAsInt;
        return Map.of(KEYS, keys, PICKS, picks, REPORT, boxed);
    }

    /** Finds the session of a library that another loader has loaded. */
    static Optional<LoaderBridge> to(ExtensionContext context) {
        Map<?, ?> parts = context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(KEY))
                .get(KEY, Map.class);
        return Optional.ofNullable(parts).map(LoaderBridge::new);
    }

    @SuppressWarnings("unchecked") // what parts() has put there
    Set<String> keys() {
        return ((Supplier<Set<String>>) part(KEYS)).get();
    }

    boolean picksInvocations() {
        return ((BooleanSupplier) part(PICKS)).getAsBoolean();
    }

    @SuppressWarnings("unchecked") // what parts() has put there
    int addToReport(Path directory, List<String> index) {
        return ((BiFunction<Path, List<String>, Integer>) part(REPORT)).apply(directory, index);
    }

    private Object part(String name) {
        Object part = parts.get(name);
        if (part == null) {
            throw new IllegalStateException("the library is on the class path in two versions: the session of the"
                    + " launcher has no " + name + "; use one version of tt-memory-check");
        }
        return part;
    }
}

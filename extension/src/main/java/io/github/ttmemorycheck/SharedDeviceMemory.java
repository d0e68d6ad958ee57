package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import io.github.ttmemorycheck.internal.check.SharedScope;
import org.apiguardian.api.API;

/**
 * Device memory that outlives tests by design: what a cached application context keeps, a device that is opened once
 * for the whole run, weights in a singleton.
 *
 * <pre>{@code
 * SharedDeviceMemory shared = SharedDeviceMemory.open("llama weights");
 * try {
 *     model = Llama.load(mesh);
 * } finally {
 *     shared.close();
 * }
 * }</pre>
 *
 * <p>{@code try (var shared = SharedDeviceMemory.open("llama weights"))} does the same; {@code javac -Xlint:try} warns
 * of it, since nothing refers to the variable.
 *
 * <p>What this process, or one that descends from it, allocates until the scope is closed is charged to no test and to
 * no class. It is listed by its name in the report of the run, and what of it is still held at the end of the run is
 * said there and in the log. Where the tracker knows totals only, it is by how much they rose meanwhile, whoever
 * allocated that.
 *
 * <p>It may be opened anywhere: in a fixture, in a bean's factory, before any test runs. Scopes of several names may
 * overlap; what was allocated in both belongs to the one that was closed first. Thread-safe; allocations of all threads
 * count while it is open.
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class SharedDeviceMemory implements AutoCloseable {

    private final SharedScope scope;

    private SharedDeviceMemory(SharedScope scope) {
        this.scope = scope;
    }

    /**
     * Begins a scope.
     *
     * @param name what the memory is, for messages and the report
     * @return the scope; to be closed when the memory is allocated
     * @throws IllegalArgumentException when the name is blank
     */
    public static SharedDeviceMemory open(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("shared device memory needs a name, by which reports say what it is");
        }
        return new SharedDeviceMemory(SharedScope.open(name));
    }

    /** Ends the scope. Doing so twice is harmless. */
    @Override
    public void close() {
        scope.close();
    }
}

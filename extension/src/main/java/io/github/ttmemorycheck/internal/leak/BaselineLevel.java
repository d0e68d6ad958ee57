package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.Optional;

/**
 * All that is stated in one place.
 *
 * @param source the place as messages name it, for example {@code @MemoryBaseline on decode()} or {@code configuration}
 * @param scope how specific the place is
 * @param statements what is stated there; the same statement may stand there twice
 */
public record BaselineLevel(String source, BaselineScope scope, List<BaselineStatement> statements) {

    /**
     * Checks that the statements agree.
     *
     * @throws IllegalArgumentException when two of them give different sizes for the same device and kind
     */
    public BaselineLevel {
        statements = List.copyOf(statements);
        for (BaselineStatement statement : statements) {
            BaselineStatement first =
                    find(statements, statement.device(), statement.kind()).orElseThrow();
            if (first.bytes() != statement.bytes()) {
                throw new IllegalArgumentException(source + " states two sizes for the same device and kind: " + first
                        + " and " + statement + "; keep one of them");
            }
        }
    }

    /** Returns what is stated here about a kind of memory on a device: for that device, or else for all devices. */
    Optional<BaselineStatement> about(MemoryPool pool) {
        return find(statements, pool.device(), pool.kind())
                .or(() -> find(statements, Baseline.ALL_DEVICES, pool.kind()));
    }

    private static Optional<BaselineStatement> find(List<BaselineStatement> in, int device, MemoryKind kind) {
        return in.stream()
                .filter(statement -> statement.device() == device && statement.kind() == kind)
                .findFirst();
    }
}

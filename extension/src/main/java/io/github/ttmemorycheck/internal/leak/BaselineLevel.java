package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Objects;
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
     * Copies the statements.
     *
     * @param source as the component says
     * @param scope as the component says
     * @param statements as the component says
     * @throws IllegalArgumentException when two of them give different sizes for the same device and kind
     */
    public BaselineLevel {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(scope, "scope");
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

    /**
     * Finds what is stated here about one kind of memory on one device: a statement for this device before one for all.
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @return the statement, or empty when nothing is stated here
     */
    public Optional<BaselineStatement> about(int device, MemoryKind kind) {
        return find(statements, device, kind).or(() -> find(statements, Baseline.ALL_DEVICES, kind));
    }

    private static Optional<BaselineStatement> find(List<BaselineStatement> in, int device, MemoryKind kind) {
        return in.stream()
                .filter(statement -> statement.device() == device && statement.kind() == kind)
                .findFirst();
    }
}

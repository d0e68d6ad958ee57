package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.BaselineStatement;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.OptionalLong;

/**
 * Sizes that settings state for devices and kinds of memory.
 *
 * @param statements a size each; one for a named device counts before one for all
 */
record DeviceSizes(List<BaselineStatement> statements) {

    DeviceSizes {
        statements = List.copyOf(statements);
    }

    /** Returns what is stated for a kind on a device, in bytes; empty when nothing is. */
    OptionalLong of(int device, MemoryKind kind) {
        OptionalLong named = stated(device, kind);
        return named.isPresent() ? named : stated(MemoryBaseline.ALL, kind);
    }

    private OptionalLong stated(int device, MemoryKind kind) {
        return statements.stream()
                .filter(statement -> statement.device() == device && statement.kind() == kind)
                .mapToLong(BaselineStatement::bytes)
                .findFirst();
    }
}

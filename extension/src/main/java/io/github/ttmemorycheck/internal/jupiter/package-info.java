/**
 * The glue to JUnit: hooks, stores, the names of tests, finding devices, and carrying out rulings. Beside the root
 * package this is the only room that knows JUnit. {@code TtMemoryCheckExtension} calls {@link
 * io.github.ttmemorycheck.internal.jupiter.CheckHooks}; JUnit finds {@link
 * io.github.ttmemorycheck.internal.jupiter.SessionListener} and makes {@link
 * io.github.ttmemorycheck.internal.jupiter.DeviceMemoryLock}.
 */
@NullMarked
package io.github.ttmemorycheck.internal.jupiter;

import org.jspecify.annotations.NullMarked;

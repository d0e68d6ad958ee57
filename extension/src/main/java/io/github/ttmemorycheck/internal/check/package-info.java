/**
 * One check from its mark to its verdict: measuring, collections, program caches, who is charged, and the report of
 * what was found. Knows no JUnit: {@code internal.jupiter} says when a step is due, and carries out the {@link
 * io.github.ttmemorycheck.internal.check.Ruling}s. The entry points are {@link
 * io.github.ttmemorycheck.internal.check.Run}, {@link io.github.ttmemorycheck.internal.check.TestCheck} and {@link
 * io.github.ttmemorycheck.internal.check.ClassCheck}.
 */
@NullMarked
package io.github.ttmemorycheck.internal.check;

import org.jspecify.annotations.NullMarked;

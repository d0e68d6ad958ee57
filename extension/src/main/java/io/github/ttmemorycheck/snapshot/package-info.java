/**
 * Immutable values, each a record or final: the device memory that is held at one moment, in totals and buffer by
 * buffer where buffers are known; the difference of two moments; and the exception in place of either when it is not
 * known what is held.
 *
 * <p>Every other package may use this one, and it uses none of them.
 */
@NullMarked
package io.github.ttmemorycheck.snapshot;

import org.jspecify.annotations.NullMarked;

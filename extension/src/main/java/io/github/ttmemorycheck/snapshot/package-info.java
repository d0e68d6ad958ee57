/**
 * Immutable values: the device memory held at one moment, buffer by buffer or in totals, and the difference of two such
 * moments.
 */
@NullMarked
package io.github.ttmemorycheck.snapshot;

import org.jspecify.annotations.NullMarked;

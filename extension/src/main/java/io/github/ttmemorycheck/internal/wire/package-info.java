/**
 * The allocation protocol: encodes and decodes messages, without any input or output of its own, and knows what both sides
 * must agree on.
 */
@NullMarked
package io.github.ttmemorycheck.internal.wire;

import org.jspecify.annotations.NullMarked;

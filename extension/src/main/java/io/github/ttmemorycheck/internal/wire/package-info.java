/**
 * The allocation protocol as bytes: encodes and decodes messages, without any input or output of its own.
 */
@NullMarked
package io.github.ttmemorycheck.internal.wire;

import org.jspecify.annotations.NullMarked;

/**
 * The allocation protocol: encodes and decodes messages, and knows what both sides must agree on. It does no input or
 * output.
 *
 * <p>Both ends of the socket use all of it.
 */
@NullMarked
package io.github.ttmemorycheck.internal.wire;

import org.jspecify.annotations.NullMarked;

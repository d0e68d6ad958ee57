/**
 * Asks devices what their bindings know beyond the program cache: live buffers, captured traces, how full a memory
 * is. Whatever a binding does then, the test goes on: each call has a bound, and what is thrown or cannot be is an
 * answer "not known".
 */
@NullMarked
package io.github.ttmemorycheck.internal.devices;

import org.jspecify.annotations.NullMarked;

/**
 * Reads the totals that a runtime publishes in shared memory, and believes none of them unchecked.
 */
@NullMarked
package io.github.ttmemorycheck.internal.sharedmemory;

import org.jspecify.annotations.NullMarked;

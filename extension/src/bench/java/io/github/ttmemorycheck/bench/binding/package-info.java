/** A binding whose callers are of another package, as those of real ones are. */
@NullMarked
package io.github.ttmemorycheck.bench.binding;

import org.jspecify.annotations.NullMarked;

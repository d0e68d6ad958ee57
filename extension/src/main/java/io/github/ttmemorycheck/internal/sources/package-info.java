/**
 * Chooses the tracker of a run by its settings and by what is there, and narrows it to the processes that count.
 */
@NullMarked
package io.github.ttmemorycheck.internal.sources;

import org.jspecify.annotations.NullMarked;

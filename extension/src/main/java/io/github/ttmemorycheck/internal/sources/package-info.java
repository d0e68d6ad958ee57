/**
 * Chooses the tracker of a run by its settings and by what is there, and narrows it to the processes that count.
 *
 * <p>For other packages: {@code TrackerChoice} makes the tracker; the rest is used through {@code MemoryTracker} alone.
 */
@NullMarked
package io.github.ttmemorycheck.internal.sources;

import org.jspecify.annotations.NullMarked;

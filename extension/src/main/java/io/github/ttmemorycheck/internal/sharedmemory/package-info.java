/**
 * The shared-memory tracker: reads the totals that a runtime publishes in files, one for each chip, and believes none
 * of them unchecked. Other rooms use {@link io.github.ttmemorycheck.internal.sharedmemory.SharedMemoryTracker} alone;
 * what is wrong with a region they learn as a {@link io.github.ttmemorycheck.snapshot.TrackerException}.
 */
@NullMarked
package io.github.ttmemorycheck.internal.sharedmemory;

import org.jspecify.annotations.NullMarked;

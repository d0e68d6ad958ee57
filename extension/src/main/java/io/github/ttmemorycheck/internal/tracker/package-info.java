/**
 * What a tracker is. Trackers implement {@link io.github.ttmemorycheck.internal.tracker.MemoryTracker} and its marks
 * themselves; whoever measures uses that interface alone. The two texts write what trackers answer for people to read.
 *
 * <p>This room knows the values of {@code snapshot} and nothing else.
 */
@NullMarked
package io.github.ttmemorycheck.internal.tracker;

import org.jspecify.annotations.NullMarked;

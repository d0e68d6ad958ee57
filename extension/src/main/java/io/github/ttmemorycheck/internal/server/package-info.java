/**
 * The allocation server of this library: connections, the events that come by them, and the memory these add up to.
 *
 * <p>{@link io.github.ttmemorycheck.internal.server.EmbeddedTracker} is what may be used from here: the server as a
 * tracker.
 */
@NullMarked
package io.github.ttmemorycheck.internal.server;

import org.jspecify.annotations.NullMarked;

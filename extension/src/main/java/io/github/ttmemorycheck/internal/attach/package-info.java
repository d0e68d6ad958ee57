/**
 * Trackers that ask an allocation server of another process, of this library or third-party: finding out what it is,
 * asking it without harm, reading its output.
 *
 * <p>{@link io.github.ttmemorycheck.internal.attach.ServerTracker} is what may be used from here.
 */
@NullMarked
package io.github.ttmemorycheck.internal.attach;

import org.jspecify.annotations.NullMarked;

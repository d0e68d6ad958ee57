/**
 * Connecting to a Unix socket: {@link io.github.ttmemorycheck.internal.socket.BoundedSocket}, which keeps junixsocket's
 * peculiarities to itself. Clients and trackers use it; it knows nothing of what is sent.
 */
@NullMarked
package io.github.ttmemorycheck.internal.socket;

import org.jspecify.annotations.NullMarked;

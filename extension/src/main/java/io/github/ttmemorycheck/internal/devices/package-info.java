/**
 * Asks devices what their bindings know beyond the program cache: live buffers, captured traces, how full a memory
 * is. Whatever a binding does then, the test goes on: each call has a bound, and what is thrown or cannot be is an
 * answer "not known".
 *
 * <p>For other packages: {@code DeviceTracker} tracks what devices list, with {@code DeviceReading}, {@code
 * ClosedDevice} and {@code BufferIdentity} as its answers; {@code DeviceViews} and {@code DeviceCall} ask a device one
 * thing. The rest is for this package alone.
 */
@NullMarked
package io.github.ttmemorycheck.internal.devices;

import org.jspecify.annotations.NullMarked;

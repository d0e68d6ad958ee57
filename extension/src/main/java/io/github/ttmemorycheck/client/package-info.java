/**
 * Reports allocations to a tracker from Java, as the runtime does, for bindings and for simulated devices.
 */
@NullMarked
package io.github.ttmemorycheck.client;

import org.jspecify.annotations.NullMarked;

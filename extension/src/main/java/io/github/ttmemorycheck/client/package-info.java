/**
 * Reports allocations to a tracker from Java, as the runtime does, for bindings and for simulated devices. It waits for
 * no answer, and never fails its caller because nobody listens.
 */
@NullMarked
package io.github.ttmemorycheck.client;

import org.jspecify.annotations.NullMarked;

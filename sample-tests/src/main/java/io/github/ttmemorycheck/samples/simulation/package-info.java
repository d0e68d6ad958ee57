/**
 * A simulated mesh of devices for the samples, so that they run without hardware. Nothing here computes anything: it
 * allocates and frees as a real mesh was seen to do, and reports it through the socket that the runtime uses.
 */
@NullMarked
package io.github.ttmemorycheck.samples.simulation;

import org.jspecify.annotations.NullMarked;

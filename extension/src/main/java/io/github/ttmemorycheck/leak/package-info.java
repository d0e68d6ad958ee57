/**
 * Judges snapshots: what a baseline or a waiver allows, what grew, and which cause fits. It sees no device, no socket and
 * no clock.
 */
@NullMarked
package io.github.ttmemorycheck.leak;

import org.jspecify.annotations.NullMarked;

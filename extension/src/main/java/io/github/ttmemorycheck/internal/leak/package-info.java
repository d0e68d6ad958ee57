/**
 * Judges snapshots: what a baseline or a waiver allows, and what grew. It sees no device, no socket and no clock.
 */
@NullMarked
package io.github.ttmemorycheck.internal.leak;

import org.jspecify.annotations.NullMarked;

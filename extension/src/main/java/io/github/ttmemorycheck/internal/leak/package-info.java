/**
 * The rules that judge snapshots: what a baseline or a waiver allows, and what grew. They see records only, no device,
 * no socket and no clock.
 *
 * <p>For other packages: {@code Judge}, {@code Growth} and {@code Waivers} judge; the other classes are what they take
 * and return.
 */
@NullMarked
package io.github.ttmemorycheck.internal.leak;

import org.jspecify.annotations.NullMarked;

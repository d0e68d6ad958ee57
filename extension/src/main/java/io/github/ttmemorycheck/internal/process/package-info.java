/**
 * The processes of this system: what the kernel says about one under {@code /proc}, whether it still lives, what its
 * threads do, and which processes belong to this test run. Other rooms ask here about processes; it uses nothing but
 * values of snapshots.
 */
@NullMarked
package io.github.ttmemorycheck.internal.process;

import org.jspecify.annotations.NullMarked;

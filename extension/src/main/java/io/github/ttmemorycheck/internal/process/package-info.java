/**
 * The processes of this system: what the kernel says about one under {@code /proc}, whether it still lives, and which
 * of them belong to this test run. Other rooms ask here and read no such file themselves; it uses nothing but values of
 * snapshots.
 */
@NullMarked
package io.github.ttmemorycheck.internal.process;

import org.jspecify.annotations.NullMarked;

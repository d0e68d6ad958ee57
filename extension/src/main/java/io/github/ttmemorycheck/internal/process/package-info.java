/**
 * The processes of this system: what the kernel says about one under {@code /proc}, whether it still lives, what its
 * threads do, and which processes belong to this test run. Other rooms ask here about processes; it uses nothing but
 * values of snapshots.
 *
 * <p>For other packages: {@code ProcFiles} reads {@code /proc}, and nobody else does; {@code CommandLine}, {@code
 * WatchedProcess}, {@code ProcessThreads} and {@code ProcessTree} answer what is asked most.
 */
@NullMarked
package io.github.ttmemorycheck.internal.process;

import org.jspecify.annotations.NullMarked;

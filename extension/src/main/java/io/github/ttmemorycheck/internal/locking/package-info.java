/**
 * One lock for files that several processes write, and several runs within one JVM. Every room that keeps such a file
 * may use it.
 */
@NullMarked
package io.github.ttmemorycheck.internal.locking;

import org.jspecify.annotations.NullMarked;

/**
 * What the kernel tells of processes.
 */
@NullMarked
package io.github.ttmemorycheck.internal.process;

import org.jspecify.annotations.NullMarked;

/**
 * Baselines that were recorded in a file: what each test and class may leave, which only shrinks unless it is recorded
 * anew.
 */
@NullMarked
package io.github.ttmemorycheck.internal.baseline;

import org.jspecify.annotations.NullMarked;

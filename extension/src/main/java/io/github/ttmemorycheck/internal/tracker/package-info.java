/**
 * What a tracker is: marks, diffs and dumps, whoever tells them.
 */
@NullMarked
package io.github.ttmemorycheck.internal.tracker;

import org.jspecify.annotations.NullMarked;

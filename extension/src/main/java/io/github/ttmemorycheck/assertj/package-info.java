/**
 * AssertJ assertions on memory snapshots and their differences, for tests that look at device memory themselves.
 *
 * <p>The only package that uses AssertJ, and nothing else uses it: the rest of the library runs without AssertJ.
 */
@NullMarked
package io.github.ttmemorycheck.assertj;

import org.jspecify.annotations.NullMarked;

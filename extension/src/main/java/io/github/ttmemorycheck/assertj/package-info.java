/**
 * AssertJ assertions on memory snapshots and their differences. Needs AssertJ, which the rest of the library does not.
 */
@NullMarked
package io.github.ttmemorycheck.assertj;

import org.jspecify.annotations.NullMarked;

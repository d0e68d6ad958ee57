/**
 * What was found, as records: a {@link io.github.ttmemorycheck.report.LeakReport} and what it holds. All are immutable
 * and serializable.
 */
@NullMarked
package io.github.ttmemorycheck.report;

import org.jspecify.annotations.NullMarked;

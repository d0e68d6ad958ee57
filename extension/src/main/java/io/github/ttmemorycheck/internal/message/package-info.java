/**
 * The messages of failures as text, each made from a record.
 *
 * <p>For other packages: {@code TextReport}, {@code GrowthText} and {@code InconclusiveText}, and {@code Inconclusive},
 * which the last one takes. All are pure functions, safe for use by several threads.
 */
@NullMarked
package io.github.ttmemorycheck.internal.message;

import org.jspecify.annotations.NullMarked;

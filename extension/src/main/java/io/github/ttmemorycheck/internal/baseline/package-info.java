/**
 * Baselines that were recorded in a file: what each test and class may leave, which only shrinks unless it is recorded
 * anew.
 *
 * <p>For other packages: {@code RecordedBaseline}, which a run opens and closes, and {@code BaselineFileException},
 * which says what is wrong with the file. The file itself is for this package alone.
 */
@NullMarked
package io.github.ttmemorycheck.internal.baseline;

import org.jspecify.annotations.NullMarked;

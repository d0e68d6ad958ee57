/**
 * Fails a test that leaves Tenstorrent device memory behind, and says what, where and why: the annotations, the JUnit
 * extension with its settings, and what tests may ask of it.
 */
@NullMarked
package io.github.ttmemorycheck;

import org.jspecify.annotations.NullMarked;

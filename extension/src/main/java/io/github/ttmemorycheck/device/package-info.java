/**
 * What a Java binding implements so that the program caches of its devices are cleared before memory is measured, and
 * so that its allocator can be asked. The library calls it and never implements it; it uses the values of {@code
 * snapshot} alone.
 */
@NullMarked
package io.github.ttmemorycheck.device;

import org.jspecify.annotations.NullMarked;

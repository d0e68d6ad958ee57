/**
 * What a Java binding implements so that the program caches of its devices are cleared before memory is measured. The
 * library calls it and never implements it; it uses no other package.
 */
@NullMarked
package io.github.ttmemorycheck.device;

import org.jspecify.annotations.NullMarked;

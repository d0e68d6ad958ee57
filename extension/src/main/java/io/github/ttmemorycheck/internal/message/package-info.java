/**
 * The messages of a failure as text, made from its record.
 */
@NullMarked
package io.github.ttmemorycheck.internal.message;

import org.jspecify.annotations.NullMarked;

/** How messages are worded and laid out: amounts, device numbers, tables and lines of at most 100 columns. */
@NullMarked
package io.github.ttmemorycheck.internal.text;

import org.jspecify.annotations.NullMarked;

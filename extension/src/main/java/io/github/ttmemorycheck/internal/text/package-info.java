/**
 * How messages are worded and laid out: amounts, times, device numbers, tables, and lines of at most 100 columns.
 *
 * <p>Every package that writes for people may use every public class: {@code Wording} and {@code Amount} for sentences,
 * {@code SizeCells} and {@code TextTable} for tables, {@code DeviceRow} to fold devices that are alike into one row,
 * {@code PlainText} for text from outside.
 */
@NullMarked
package io.github.ttmemorycheck.internal.text;

import org.jspecify.annotations.NullMarked;

/**
 * The allocation server that a test run embeds, to be started by hand or as a program.
 */
@NullMarked
package io.github.ttmemorycheck.tracker;

import org.jspecify.annotations.NullMarked;

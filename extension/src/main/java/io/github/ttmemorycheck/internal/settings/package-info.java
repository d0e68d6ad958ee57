/**
 * The settings: their keys, which every room may name in a message, what they allow, and how they are read. Knows no
 * JUnit.
 */
@NullMarked
package io.github.ttmemorycheck.internal.settings;

import org.jspecify.annotations.NullMarked;

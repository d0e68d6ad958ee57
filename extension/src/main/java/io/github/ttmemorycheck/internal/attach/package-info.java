/** Conversations with allocation servers that run elsewhere: finding out what they are, asking them, reading their output. */
@NullMarked
package io.github.ttmemorycheck.internal.attach;

import org.jspecify.annotations.NullMarked;

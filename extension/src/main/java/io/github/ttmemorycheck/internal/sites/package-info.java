/**
 * Where Java code of this JVM allocated what is live.
 */
@NullMarked
package io.github.ttmemorycheck.internal.sites;

import org.jspecify.annotations.NullMarked;

/**
 * Where Java code of this JVM allocated the device memory that is live: the client records it, a failure message asks
 * for it.
 */
@NullMarked
package io.github.ttmemorycheck.internal.sites;

import org.jspecify.annotations.NullMarked;

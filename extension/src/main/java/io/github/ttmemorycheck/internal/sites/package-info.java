/**
 * What is known of the Java code of this JVM that reports device memory: where it allocated what is live, which thread
 * frees while a check looks, and which events could not be delivered. The client notes it, checks ask for it.
 *
 * <p>For other packages: {@code AllocationSites}, which gives an {@code AllocationSite}, {@code FreeWitness} and {@code
 * LostEvents}; how a stack is read and what is kept of it is for this package alone.
 */
@NullMarked
package io.github.ttmemorycheck.internal.sites;

import org.jspecify.annotations.NullMarked;

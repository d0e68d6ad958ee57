/**
 * What is known of the Java code of this JVM that reports device memory: where it allocated what is live, which thread
 * frees while a check looks, and which events could not be delivered. The client notes it, checks ask for it.
 */
@NullMarked
package io.github.ttmemorycheck.internal.sites;

import org.jspecify.annotations.NullMarked;

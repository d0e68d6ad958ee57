/**
 * The conversations of the allocation server: connections, requests and the memory they add up to.
 */
@NullMarked
package io.github.ttmemorycheck.internal.server;

import org.jspecify.annotations.NullMarked;

/**
 * The one way to log: through SLF4J where users have a provider for it. For other packages: {@code Log} is all there
 * is.
 */
@NullMarked
package io.github.ttmemorycheck.internal.logging;

import org.jspecify.annotations.NullMarked;

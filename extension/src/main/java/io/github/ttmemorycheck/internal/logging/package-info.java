/** The one way to log: through SLF4J where users have a provider for it. */
@NullMarked
package io.github.ttmemorycheck.internal.logging;

import org.jspecify.annotations.NullMarked;

/** Says what a leak probably is: small named rules over the facts, each with its evidence. */
@NullMarked
package io.github.ttmemorycheck.internal.diagnosis;

import org.jspecify.annotations.NullMarked;

/**
 * Says what a leak probably is: small named rules over the facts, each with its evidence.
 *
 * <p>For other packages: {@code Diagnoses} asks the rules and {@code Fingerprint} names the leak, both from {@code
 * Evidence}.
 */
@NullMarked
package io.github.ttmemorycheck.internal.diagnosis;

import org.jspecify.annotations.NullMarked;

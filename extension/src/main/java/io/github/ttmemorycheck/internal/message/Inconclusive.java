package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.report.Subject;

/**
 * A measurement that did not succeed.
 *
 * @param subject what should have been judged
 * @param cause why it could not be, for example {@code the allocation server stopped answering}
 * @param asked what was asked of whom, and how long the check waited
 * @param found what was found instead
 * @param remedy what to do about it
 */
public record Inconclusive(Subject subject, String cause, String asked, String found, String remedy) {}

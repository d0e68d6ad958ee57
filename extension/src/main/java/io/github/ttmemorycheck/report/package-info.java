/**
 * What was found, as one record, and the messages that are made from it.
 */
@NullMarked
package io.github.ttmemorycheck.report;

import org.jspecify.annotations.NullMarked;

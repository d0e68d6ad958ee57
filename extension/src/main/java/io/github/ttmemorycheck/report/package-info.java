/**
 * What was found, as one record, and its renderings in text, JSON and HTML.
 */
@NullMarked
package io.github.ttmemorycheck.report;

import org.jspecify.annotations.NullMarked;

/**
 * The report of a run: what was checked, written as JSON and as a page for a browser, and joined where several processes
 * write one report.
 */
@NullMarked
package io.github.ttmemorycheck.internal.runreport;

import org.jspecify.annotations.NullMarked;

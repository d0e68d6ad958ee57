/**
 * The report of a run: what was checked, written as JSON and as a page for a browser, joined where several processes
 * write one report, and summed up in the log and at GitHub. Knows no JUnit.
 *
 * <p>Whoever runs checks makes a {@code SessionReports} for each session and a {@code RunRecorder} for each run, and
 * fills the records that this package has of tests, failures and holders; the rest is for this package alone.
 */
@NullMarked
package io.github.ttmemorycheck.internal.runreport;

import org.jspecify.annotations.NullMarked;

/**
 * Knows what is allocated on the devices: the trackers a test run can measure with, and the allocation server they
 * embed, which also runs as a program of its own.
 */
@NullMarked
package io.github.ttmemorycheck.tracker;

import org.jspecify.annotations.NullMarked;

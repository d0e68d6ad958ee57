/**
 * A mesh of devices that a process of its own drives: a worker in Python, which uses {@code ttnn} where it can be
 * imported, and otherwise only reports what it would allocate.
 */
@NullMarked
package io.github.ttmemorycheck.samples.worker;

import org.jspecify.annotations.NullMarked;

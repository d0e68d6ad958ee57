package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Subject;

/** Who holds device memory while a test fails. */
sealed interface MemoryHolder {

    /** A test or class, with all its invocations. */
    record Test(Subject repetitions) implements MemoryHolder {}

    /** A process that allocated what no checked test left, as for a fixture. */
    record Owner(int processId) implements MemoryHolder {}

    /** What is shared by design. */
    record Shared(String name) implements MemoryHolder {}

    /** What was held before the test and is left by no checked test, where it is not known which process has it. */
    record Unknown() implements MemoryHolder {}
}

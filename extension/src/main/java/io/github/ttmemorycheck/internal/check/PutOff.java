package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Subject;

/** A test whose verdict is put off until the caches of its class are cleared, and what it is to be judged by then. */
record PutOff(Subject subject, Rules rules) {}

package io.github.ttmemorycheck.internal.jupiter;

import java.io.Serial;

/**
 * The note on a failure that says who holds device memory. It is a suppressed throwable, since that is what every test
 * runner prints with a failure.
 */
public final class HeldMemory extends Throwable {

    @Serial
    private static final long serialVersionUID = 1L;

    HeldMemory(String message) {
        super(message, null, false, false);
    }

    /** Returns the message alone: the name of this class says nothing to who reads the failure. */
    // Not in place of the message but without the name before it.
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}

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

    /** Returns the message alone: whoever reads the failure learns nothing from the name of this class. */
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}

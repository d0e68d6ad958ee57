package io.github.ttmemorycheck.internal.socket;

import java.io.IOException;

/** No socket can be used, whoever listens: the native library cannot be loaded. The message says what to do. */
public final class NativeLibraryException extends IOException {

    private static final long serialVersionUID = 1;

    NativeLibraryException() {
        super("junixsocket's native library cannot be loaded; " + NativeLibrary.remedy());
    }
}

package io.github.ttmemorycheck.internal.sharedmemory;

import java.nio.charset.StandardCharsets;

/** The name of a process, as other processes wrote it, in one line without control characters. */
final class PlainName {

    private static final int LONGEST = 200;

    private PlainName() {}

    /** Reads a name up to its first zero byte. */
    static String of(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return of(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    /** Replaces control characters, except zeros, which become spaces as between the words of a command line. */
    static String of(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .map(c -> c == 0 ? ' ' : Character.isISOControl(c) ? '?' : c)
                .forEach(plain::appendCodePoint);
        String name = plain.toString().strip();
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 3) + "...";
    }
}

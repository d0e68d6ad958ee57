package io.github.ttmemorycheck.internal.process;

/** The command of a process, as other processes wrote it, in one line of limited length without control characters. */
public final class CommandLine {

    private static final int LONGEST = 200;

    private CommandLine() {}

    /** Replaces control characters, and the zeros between the words of a command by spaces. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .map(c -> c == 0 ? ' ' : Character.isISOControl(c) ? '?' : c)
                .forEach(plain::appendCodePoint);
        String command = plain.toString().strip();
        return command.length() <= LONGEST ? command : command.substring(0, LONGEST - 3) + "...";
    }
}

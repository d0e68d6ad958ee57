package io.github.ttmemorycheck.bench;

import java.nio.file.Path;
import java.util.Map;

/** Runs one class of tests and ends. */
final class StartUpRun {

    private StartUpRun() {}

    /** Takes the class and the path of the tracker's socket. */
    public static void main(String[] arguments) throws ClassNotFoundException {
        Suite suite = Suite.run(Class.forName(arguments[0]), Path.of(arguments[1]), Map.of());
        if (suite.tests() != 1) {
            throw new IllegalStateException(suite.tests() + " tests were run");
        }
    }
}

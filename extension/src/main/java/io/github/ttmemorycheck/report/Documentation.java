package io.github.ttmemorycheck.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Pattern;

/** Where the documentation is: each release has its own, under its tag. */
final class Documentation {

    /** What Maven adds to every jar; missing where the classes lie in a folder. */
    private static final String BUILD = "/META-INF/maven/io.github.ttmemorycheck/tt-memory-check/pom.properties";

    private static final Pattern RELEASE = Pattern.compile("\\d+(?:\\.\\d+)*(?:-(?!SNAPSHOT)[\\w.]+)?");

    /** The address of the folder of the version that runs. */
    static final String OF_THIS_VERSION = of(version());

    private Documentation() {}

    /** Returns the folder of a version; what is no release, or is not known, has its pages on the main branch. */
    static String of(String version) {
        String tag = RELEASE.matcher(version).matches() ? "v" + version : "main";
        return "https://github.com/ttmemorycheck/tt-memory-check/blob/" + tag + "/docs/";
    }

    private static String version() {
        try (InputStream in = Documentation.class.getResourceAsStream(BUILD)) {
            Properties build = new Properties();
            if (in != null) {
                build.load(in);
            }
            return build.getProperty("version", "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

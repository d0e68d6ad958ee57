package io.github.ttmemorycheck;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Knows which configuration parameters were given, so that a name that does not exist can be refused. JUnit tells an
 * extension the value of a name, but not the names; so they are taken from where they come from: the request (this class is
 * a listener of the launcher for that alone, and {@link RequestedNames} looks at that of a test kit), the system
 * properties, and {@code junit-platform.properties}.
 *
 * <p>Thread-safe.
 */
public final class ConfigurationNames implements TestExecutionListener {

    private static final String FILE = "junit-platform.properties";

    private static volatile Set<String> launched = Set.of();

    /** Makes the listener; the launcher does so. */
    public ConfigurationNames() {}

    /** Notes the names of the launcher's request. */
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        launched = Set.copyOf(plan.getConfigurationParameters().keySet());
    }

    /** Returns all names under our prefix that are given to the run of a test or class. */
    static Set<String> of(ExtensionContext context) {
        Set<String> names = new TreeSet<>(launched);
        names.addAll(RequestedNames.of(context));
        names.addAll(System.getProperties().stringPropertyNames());
        names.addAll(inFiles());
        names.removeIf(name -> !name.startsWith(TtMemoryCheckSettings.PREFIX));
        return names;
    }

    /** Says where a value comes from, for the log. */
    static String source(String name) {
        if (System.getProperty(name) != null) {
            return "system property";
        }
        return inFiles().contains(name) ? FILE : "launcher";
    }

    private static Collection<String> inFiles() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        List<String> names = new ArrayList<>();
        try {
            URL file = loader == null ? ClassLoader.getSystemResource(FILE) : loader.getResource(FILE);
            if (file != null) {
                Properties properties = new Properties();
                try (InputStream in = file.openStream()) {
                    properties.load(in);
                }
                names.addAll(properties.stringPropertyNames());
            }
        } catch (IOException unreadable) {
            // JUnit reads the same file and reports it; there is nothing more to refuse here.
            return List.of();
        }
        return names;
    }
}

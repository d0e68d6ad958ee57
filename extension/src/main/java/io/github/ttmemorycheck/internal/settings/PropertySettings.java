package io.github.ttmemorycheck.internal.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The settings that need no JUnit to be read: the system properties, and {@code junit-platform.properties}. */
public final class PropertySettings implements SettingSource {

    private static final String FILE = "junit-platform.properties";

    private final Properties inFile = inFile();

    @Override
    public Optional<String> value(String key) {
        return Optional.ofNullable(System.getProperty(key)).or(() -> Optional.ofNullable(inFile.getProperty(key)));
    }

    @Override
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(inFile.stringPropertyNames());
        keys.addAll(System.getProperties().stringPropertyNames());
        keys.removeIf(key -> !key.startsWith(SettingKeys.PREFIX));
        return keys;
    }

    @Override
    public boolean knowsAllKeys() {
        return true;
    }

    /** Says that a launcher gave what stands in neither of them. */
    @Override
    public String origin(String key) {
        if (System.getProperty(key) != null) {
            return "system property";
        }
        return inFile.containsKey(key) ? FILE : "launcher";
    }

    private static Properties inFile() {
        Properties properties = new Properties();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        URL file = loader == null ? ClassLoader.getSystemResource(FILE) : loader.getResource(FILE);
        if (file != null) {
            try (InputStream in = file.openStream()) {
                properties.load(in);
            } catch (IOException unreadable) {
                // JUnit reads the same file and reports it; there is nothing more to refuse here.
                properties.clear();
            }
        }
        return properties;
    }
}

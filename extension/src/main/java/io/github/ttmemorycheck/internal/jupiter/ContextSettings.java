package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.settings.SettingSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The configuration parameters of a run as settings. JUnit gives an extension the value of a key but not the keys, so
 * these are taken from where they come from: the plan of the launcher's session, the system properties, and {@code
 * junit-platform.properties}.
 */
final class ContextSettings implements SettingSource {

    private static final String FILE = "junit-platform.properties";

    private final Function<String, Optional<String>> parameters;
    private final Optional<SessionState> session;
    private final Set<String> inFile;

    ContextSettings(Function<String, Optional<String>> parameters, Optional<SessionState> session) {
        this.parameters = parameters;
        this.session = session;
        this.inFile = inFile();
    }

    @Override
    public Optional<String> value(String key) {
        return parameters.apply(key);
    }

    @Override
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(inFile);
        session.ifPresent(known -> keys.addAll(known.keys()));
        keys.addAll(System.getProperties().stringPropertyNames());
        keys.removeIf(key -> !key.startsWith(SettingKeys.PREFIX));
        return keys;
    }

    @Override
    public boolean knowsAllKeys() {
        return session.filter(SessionState::isListening).isPresent();
    }

    @Override
    public String origin(String key) {
        if (System.getProperty(key) != null) {
            return "system property";
        }
        return inFile.contains(key) ? FILE : "launcher";
    }

    private static Set<String> inFile() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        URL file = loader == null ? ClassLoader.getSystemResource(FILE) : loader.getResource(FILE);
        if (file == null) {
            return Set.of();
        }
        try (InputStream in = file.openStream()) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.stringPropertyNames();
        } catch (IOException unreadable) {
            // JUnit reads the same file and reports it; there is nothing more to refuse here.
            return Set.of();
        }
    }
}

package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.settings.PropertySettings;
import io.github.ttmemorycheck.internal.settings.SettingSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The configuration parameters of a run as settings. JUnit gives an extension the value of a key but not the keys, so
 * these are taken from where they come from: the plan of the launcher's session, the system properties, and {@code
 * junit-platform.properties}.
 */
final class ContextSettings implements SettingSource {

    private final Function<String, Optional<String>> parameters;
    private final Optional<SessionState> session;
    private final PropertySettings properties = new PropertySettings();

    ContextSettings(Function<String, Optional<String>> parameters, Optional<SessionState> session) {
        this.parameters = parameters;
        this.session = session;
    }

    @Override
    public Optional<String> value(String key) {
        return parameters.apply(key);
    }

    @Override
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(properties.keys());
        session.ifPresent(known -> keys.addAll(known.keys()));
        return keys;
    }

    @Override
    public boolean knowsAllKeys() {
        return session.filter(SessionState::isListening).isPresent();
    }

    @Override
    public String origin(String key) {
        return properties.origin(key);
    }
}

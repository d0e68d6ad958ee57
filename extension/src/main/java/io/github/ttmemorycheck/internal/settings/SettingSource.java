package io.github.ttmemorycheck.internal.settings;

import java.util.Optional;
import java.util.Set;

/** Where settings are given. */
public interface SettingSource {

    /** Returns the value of a key, if it is given. */
    Optional<String> value(String key);

    /** Returns the given keys under our prefix, as far as they are known without being asked for. */
    Set<String> keys();

    /**
     * Returns whether {@link #keys()} are all that are given. JUnit's test kit, and a launcher that nobody
     * listens to, keep those of their requests to themselves; there a key can only be asked for by its name.
     */
    boolean knowsAllKeys();

    /** Says where the value of a given key comes from, for example {@code system property}. */
    String origin(String key);
}

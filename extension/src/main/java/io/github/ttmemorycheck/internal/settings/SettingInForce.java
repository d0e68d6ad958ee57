package io.github.ttmemorycheck.internal.settings;

/**
 * A setting in force.
 *
 * @param value its value as it was given, or its default
 * @param origin where the value comes from, for example {@code system property}
 */
public record SettingInForce(String key, String value, String origin) {}

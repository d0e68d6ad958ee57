package io.github.ttmemorycheck.internal.runreport;

/**
 * A setting in force.
 *
 * @param name its key
 * @param value its value
 * @param source where the value comes from
 */
public record RunSetting(String name, String value, String source) {}

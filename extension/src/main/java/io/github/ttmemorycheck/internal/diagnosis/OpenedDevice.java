package io.github.ttmemorycheck.internal.diagnosis;

/**
 * A device that is open after a test, and was not known to be open before it.
 *
 * @param type the simple name of its class
 * @param wasClosed whether it was known, and said that it was closed; else it was not known
 */
public record OpenedDevice(String type, boolean wasClosed) {}

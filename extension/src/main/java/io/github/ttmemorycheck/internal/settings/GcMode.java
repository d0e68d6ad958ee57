package io.github.ttmemorycheck.internal.settings;

/** When garbage is collected before judging. */
public enum GcMode {
    AUTO,
    ALWAYS,
    NEVER;

    /** Returns whether to collect, for a tracker that knows every buffer or not, and a diff that is clean or not. */
    public boolean collects(boolean knowsBuffers, boolean clean) {
        return switch (this) {
            case AUTO -> !knowsBuffers || !clean;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}

package io.github.ttmemorycheck;

/** When garbage is collected before judging, as {@link TtMemoryCheckSettings#GC} sets it. */
enum GcMode {
    AUTO,
    ALWAYS,
    NEVER;

    boolean collects(boolean knowsBuffers, boolean clean) {
        return switch (this) {
            case AUTO -> !knowsBuffers || !clean;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}

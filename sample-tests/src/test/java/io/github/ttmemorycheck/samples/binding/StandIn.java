package io.github.ttmemorycheck.samples.binding;

import java.nio.file.Path;

/** The native library that stands in for ttnn: {@code src/test/scripts/native.sh} compiles it. */
public final class StandIn {

    /** Where it is, absolute, as {@link System#load} asks for it. */
    public static final Path LIBRARY =
            Path.of("target", "native", "libstandin.so").toAbsolutePath();

    private StandIn() {}
}

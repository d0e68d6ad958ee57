/** What the samples ask of a mesh of devices, whether it is simulated or real. */
@NullMarked
package io.github.ttmemorycheck.samples.mesh;

import org.jspecify.annotations.NullMarked;

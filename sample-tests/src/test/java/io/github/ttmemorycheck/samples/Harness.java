package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.samples.mesh.Mesh;

/** What tests keep their mesh in where the check shall not find it: it does not look into objects of others. */
record Harness<M extends Mesh>(M mesh) {}

package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.binding.JniMesh;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A binding by JNI to a native library that is A STAND-IN FOR ttnn/tt-metal. A test that deallocates passes; one
 * that does not fails by what the allocator of the library tells. You see green.
 */
class JniMeshTests extends NativeMeshContract<JniMesh> {

    // tag::clean[]
    @TtMemoryCheck
    static class DecoderTests {

        static JniMesh mesh; // found by its type: any field will do

        @BeforeAll
        static void open() {
            mesh = new JniMesh();
        }

        @AfterAll
        static void close() {
            mesh.close();
        }

        @Test
        void decodes() {
            try (JniMesh.Buffer scores = mesh.buffer(DRAM, 65_536)) {
                mesh.run(1); // its program stays in the cache, with 12 KiB: no leak
                assertThat(scores).isNotNull();
            }
        }
    }
    // end::clean[]

    // tag::leak[]
    @Tag("leaks")
    @TtMemoryCheck
    static class DecoderLeakTests {

        static JniMesh mesh;

        @BeforeAll
        static void open() {
            mesh = new JniMesh();
        }

        @AfterAll
        static void close() {
            mesh.close();
        }

        @Test
        void forgets_its_scores() {
            mesh.run(1);
            assertThat(mesh.buffer(DRAM, 65_536)).isNotNull();
        }
    }
    // end::leak[]

    @Override
    Class<?> deallocating() {
        return DecoderTests.class;
    }

    @Override
    Class<?> forgetful() {
        return DecoderLeakTests.class;
    }

    @Override
    JniMesh mesh() {
        return new JniMesh();
    }

    @Override
    void close(JniMesh mesh) {
        mesh.close();
    }

    @Override
    AutoCloseable buffer(JniMesh mesh, MemoryKind kind, long bytesOfABank) {
        return mesh.buffer(kind, bytesOfABank);
    }

    @Override
    void run(JniMesh mesh, int program) {
        mesh.run(program);
    }
}

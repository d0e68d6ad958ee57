package io.github.ttmemorycheck.samples.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.samples.binding.BoundMesh.BoundTensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A binding whose devices tell what they hold: nothing has to report, run or be set. You see green. */
@Timeout(60)
class BoundMeshTests {

    // tag::test[]
    @TtMemoryCheck
    static class DecoderTests {

        static BoundMesh mesh; // found by its type: any field will do

        @BeforeAll
        static void open() {
            mesh = new BoundMesh(new FakeTtnn());
        }

        @AfterAll
        static void close() {
            mesh.close();
        }

        @Test
        void decodes() {
            try (BoundTensor scores = mesh.tensor(65_536)) {
                assertThat(scores).isNotNull();
            }
        }

        @Test
        void forgets_its_scores() {
            assertThat(mesh.tensor(65_536)).isNotNull();
        }
    }
    // end::test[]

    @Test
    void the_test_that_forgets_a_tensor_fails_by_what_the_device_tells() {
        var failed = EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(DecoderTests.class))
                .configurationParameter(TtMemoryCheckSettings.TRACKER, "device")
                .execute()
                .testEvents()
                .failed();

        assertThat(failed.count()).isOne();
        assertThat(failed.stream()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                        .map(result -> result.getThrowable().orElseThrow().getMessage()))
                .singleElement()
                .asString()
                .startsWith(
                        "BoundMeshTests.DecoderTests.forgets_its_scores() left 64 KiB of DRAM on each of 2 devices\n");
    }
}

package consumer

import io.github.ttmemorycheck.TtMemoryCheck
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TtMemoryCheck
class LazyTests {

    private val device by lazy { Device() }

    @Test
    fun `forgets what a lazy device allocated`() {
        device.allocate(4096)
    }

    @AfterAll
    fun close() = device.close()
}

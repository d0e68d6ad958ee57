package consumer

import io.github.ttmemorycheck.MemoryBaseline
import io.github.ttmemorycheck.TtMemoryCheck
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Nested
import org.junit.jupiter.api.Test

@TtMemoryCheck
@MemoryBaseline(device = 0, dram = "1KiB")
class DecoderTests {

    companion object {

        private lateinit var device: Device

        @JvmStatic
        @BeforeAll
        fun open() {
            device = Device()
        }

        @JvmStatic
        @AfterAll
        fun close() {
            device.close()
        }
    }

    @Test
    fun `frees what it allocates`() {
        device.free(device.allocate(4096))
    }

    @Test
    fun `leaves what is allowed`() {
        device.allocate(1024)
    }

    @Test
    fun `forgets its scores`() {
        device.allocate(4096)
    }

    @Nested
    inner class `in steps` {

        @Test
        fun `forgets one`() {
            device.allocate(8192)
        }
    }
}

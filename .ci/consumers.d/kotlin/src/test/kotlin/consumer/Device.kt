package consumer

import io.github.ttmemorycheck.device.AllocatedBuffer
import io.github.ttmemorycheck.device.TtDevice
import io.github.ttmemorycheck.snapshot.MemoryKind
import java.util.Optional

/** A device that computes nothing, and tells what its allocator holds. */
class Device : TtDevice, AutoCloseable {

    private val buffers = mutableMapOf<Long, AllocatedBuffer>()
    private var next = 0x1000L
    private var open = true

    fun allocate(size: Long): Long {
        val address = next
        next += size
        buffers[address] = AllocatedBuffer(0, MemoryKind.DRAM, address, size)
        return address
    }

    fun free(address: Long) {
        buffers.remove(address)
    }

    override fun isOpen() = open

    override fun close() {
        open = false
    }

    override fun deviceIds() = listOf(0)

    override fun allocatedBuffers(): Optional<List<AllocatedBuffer>> = Optional.of(buffers.values.toList())

    override fun enableProgramCache() {}

    override fun clearProgramCache() {}

    override fun disableAndClearProgramCache() {}

    override fun numProgramCacheEntries() = 0L
}

package io.github.ttmemorycheck.samples.binding;

import java.util.List;

/** The calls of a runtime that a binding makes: by JNI, by the foreign-function API, or to a worker process. */
interface Ttnn {

    // tag::calls[]
    /** An entry of {@code reports.get_buffers(device)}, and how many banks the buffer lies in. */
    record Entry(int deviceId, String bufferType, long address, long maxSizePerBank, int banks) {}

    /** What {@code get_memory_view(device, buffer_type)} tells. */
    record View(int banks, long bytesPerBank, long allocated, long free, long largestFree) {}
    // end::calls[]

    List<Integer> deviceIds();

    void enableProgramCache();

    void clearProgramCache();

    void disableAndClearProgramCache();

    long numProgramCacheEntries();

    long traceBuffersSize();

    List<Entry> buffers();

    View memoryView(String bufferType);

    long allocate(long bytesPerDevice);

    void deallocate(long address);

    void close();
}

/* A STAND-IN FOR ttnn/tt-metal, NOT ITS API: see standin.c. */
#ifndef STANDIN_H
#define STANDIN_H

#include <stdint.h>

// tag::api[]
// A STAND-IN FOR ttnn/tt-metal, NOT ITS API. All figures have 64 bits, so that a struct has no gaps.

typedef struct standin_mesh standin_mesh;

typedef struct { // what reports.get_buffers(device) tells, and how many banks the buffer lies in
    int64_t device, kind, address, bytes_per_bank, banks;
} standin_buffer;

typedef struct { // what get_memory_view(device, kind) tells
    int64_t banks, bytes_per_bank, allocated, free, largest_free;
} standin_view;

standin_mesh *standin_open(void); // NULL where that fails
int64_t standin_close(standin_mesh *mesh);

int64_t standin_allocate(standin_mesh *mesh, int64_t kind, int64_t bytes); // an address; 0 where it does not fit
int64_t standin_free(standin_mesh *mesh, int64_t address);                 // 0 where there is no such buffer

int64_t standin_run(standin_mesh *mesh, int64_t operation); // its program stays in the cache, and holds memory
int64_t standin_cache_programs(standin_mesh *mesh, int64_t enabled);
int64_t standin_clear_programs(standin_mesh *mesh);
int64_t standin_programs(standin_mesh *mesh);

int64_t standin_process(standin_mesh *mesh);
int64_t standin_trace_bytes(standin_mesh *mesh);
int64_t standin_memory(standin_mesh *mesh, int64_t kind, standin_view *view);

// These two return how many there are, and write as many as there is room for.
int64_t standin_devices(standin_mesh *mesh, int64_t *ids, int64_t room);
int64_t standin_buffers(standin_mesh *mesh, standin_buffer *buffers, int64_t room);
// end::api[]

#endif

/*
 * A STAND-IN FOR ttnn/tt-metal, NOT ITS API: a mesh of two devices that compute nothing. It keeps the books of an allocator
 * that works in lock-step, so that the samples have a native library to bind, and a program cache that holds memory.
 *
 * Not thread-safe: whoever binds it calls it from one thread at a time.
 */
#include "standin.h"

#include <stdlib.h>
#include <unistd.h>

enum { DEVICES = 2, BANKS = 8, BANK_BYTES = 1 << 20, MOST = 256 };
enum { MESH = 100 };                      // the device of an entry that stands for the whole mesh: none of its numbers
enum { DRAM = 0, TRACE = 4 };             // two of the vendor's BufferType
enum { NO_PROGRAM = -1, KERNEL = 12288 }; // the bytes of a program's kernels

typedef struct {
    int64_t kind, address, bytes_per_bank, program;
} entry;

struct standin_mesh {
    entry live[MOST];
    int64_t count, caching;
};

standin_mesh *standin_open(void) {
    standin_mesh *mesh = calloc(1, sizeof *mesh);
    if (mesh != NULL) {
        mesh->caching = 1;
    }
    return mesh;
}

int64_t standin_close(standin_mesh *mesh) {
    free(mesh);
    return 1;
}

/* Each kind of memory has addresses of its own, as far as this stand-in goes. */
static int64_t base(int64_t kind) {
    return 0x1000 + kind * BANK_BYTES;
}

/* The free bytes of each bank from an address to the next buffer; negative where a buffer lies over the address. */
static int64_t gap(const standin_mesh *mesh, int64_t kind, int64_t from) {
    int64_t end = base(kind) + BANK_BYTES;
    for (int64_t i = 0; i < mesh->count; i++) {
        const entry *at = &mesh->live[i];
        if (at->kind == kind && at->address + at->bytes_per_bank > from && at->address < end) {
            end = at->address;
        }
    }
    return end - from;
}

/* Where the first gap begins that is large enough, or the largest where that is asked by 0; -1 where there is none. */
static int64_t place(const standin_mesh *mesh, int64_t kind, int64_t bytes_per_bank) {
    int64_t best = -1, room = 0;
    for (int64_t i = -1; i < mesh->count; i++) {
        const entry *at = &mesh->live[i < 0 ? 0 : i];
        if (i >= 0 && at->kind != kind) {
            continue;
        }
        int64_t from = i < 0 ? base(kind) : at->address + at->bytes_per_bank;
        int64_t here = gap(mesh, kind, from);
        if (bytes_per_bank == 0 ? here > room : here >= bytes_per_bank && (best < 0 || from < best)) {
            best = from;
            room = here;
        }
    }
    return best;
}

static int64_t keep(standin_mesh *mesh, int64_t kind, int64_t bytes, int64_t program) {
    int64_t bytes_per_bank = (bytes + BANKS - 1) / BANKS;
    int64_t address = bytes > 0 && mesh->count < MOST ? place(mesh, kind, bytes_per_bank) : -1;
    if (address < 0) {
        return 0;
    }
    mesh->live[mesh->count++] = (entry){kind, address, bytes_per_bank, program};
    return address;
}

static void drop(standin_mesh *mesh, int64_t at) {
    mesh->live[at] = mesh->live[--mesh->count];
}

int64_t standin_allocate(standin_mesh *mesh, int64_t kind, int64_t bytes) {
    return keep(mesh, kind, bytes, NO_PROGRAM);
}

int64_t standin_free(standin_mesh *mesh, int64_t address) {
    for (int64_t i = 0; i < mesh->count; i++) {
        if (mesh->live[i].address == address && mesh->live[i].program == NO_PROGRAM) {
            drop(mesh, i);
            return 1;
        }
    }
    return 0;
}

int64_t standin_run(standin_mesh *mesh, int64_t operation) {
    for (int64_t i = 0; i < mesh->count; i++) {
        if (mesh->live[i].program == operation) {
            return 1;
        }
    }
    return !mesh->caching || keep(mesh, DRAM, KERNEL, operation) != 0;
}

int64_t standin_cache_programs(standin_mesh *mesh, int64_t enabled) {
    mesh->caching = enabled;
    return 1;
}

int64_t standin_clear_programs(standin_mesh *mesh) {
    for (int64_t i = mesh->count - 1; i >= 0; i--) {
        if (mesh->live[i].program != NO_PROGRAM) {
            drop(mesh, i);
        }
    }
    return 1;
}

int64_t standin_programs(standin_mesh *mesh) {
    int64_t programs = 0;
    for (int64_t i = 0; i < mesh->count; i++) {
        programs += mesh->live[i].program != NO_PROGRAM;
    }
    return programs;
}

int64_t standin_process(standin_mesh *mesh) {
    (void) mesh; // a runtime that works through a process of its own names that
    return getpid();
}

static int64_t allocated(const standin_mesh *mesh, int64_t kind) {
    int64_t bytes_per_bank = 0;
    for (int64_t i = 0; i < mesh->count; i++) {
        bytes_per_bank += mesh->live[i].kind == kind ? mesh->live[i].bytes_per_bank : 0;
    }
    return bytes_per_bank;
}

int64_t standin_trace_bytes(standin_mesh *mesh) {
    return allocated(mesh, TRACE) * BANKS;
}

int64_t standin_memory(standin_mesh *mesh, int64_t kind, standin_view *view) {
    int64_t held = allocated(mesh, kind), largest = place(mesh, kind, 0);
    *view = (standin_view){BANKS, BANK_BYTES, held, BANK_BYTES - held, largest < 0 ? 0 : gap(mesh, kind, largest)};
    return 1;
}

int64_t standin_devices(standin_mesh *mesh, int64_t *ids, int64_t room) {
    (void) mesh;
    for (int64_t i = 0; i < DEVICES && i < room; i++) {
        ids[i] = i;
    }
    return DEVICES;
}

int64_t standin_buffers(standin_mesh *mesh, standin_buffer *buffers, int64_t room) {
    for (int64_t i = 0; i < mesh->count && i < room; i++) {
        const entry *at = &mesh->live[i];
        buffers[i] = (standin_buffer){MESH, at->kind, at->address, at->bytes_per_bank, BANKS};
    }
    return mesh->count;
}

"""NOT the real ttnn: the few names of it that worker.py uses, to see that it uses them. Allocates nothing."""

import enum
import sys
import types

__version__ = "0.0 (a fake for tests)"
bfloat16, TILE_LAYOUT, DRAM_MEMORY_CONFIG, L1_MEMORY_CONFIG = "bfloat16", "tile", "dram", "l1"

print("a line that the runtime writes to standard output")


class BufferType(enum.Enum):
    DRAM, L1, SYSTEM_MEMORY, L1_SMALL, TRACE = range(5)


def get_memory_view(mesh, kind):
    return types.SimpleNamespace(
        num_banks=12, total_bytes_per_bank=4096, total_bytes_allocated_per_bank=1024, total_bytes_free_per_bank=3072,
        largest_contiguous_bytes_free_per_bank=2048, block_table=[])


def get_buffers(mesh):
    buffer = types.SimpleNamespace(
        device_id=99, address=1024, max_size_per_bank=512, buffer_type=BufferType.DRAM, buffer_layout=None)
    return [buffer]


_ttnn = types.SimpleNamespace(reports=types.SimpleNamespace(get_buffers=get_buffers))


class MeshShape(tuple):
    def __new__(cls, rows, columns):
        return super().__new__(cls, (rows, columns))


class MeshCoordinate(MeshShape):
    pass


class MeshDevice:
    def __init__(self, shape):
        self.shape, self.programs, self.enabled = shape, set(), False

    def create_submesh(self, shape, offset):
        note("submesh %s at %s" % (tuple(shape), tuple(offset)))
        return MeshDevice(shape)

    def enable_program_cache(self):
        self.enabled = True

    def clear_program_cache(self):
        note("cleared")
        self.programs.clear()

    def disable_and_clear_program_cache(self):
        self.enabled = False
        self.programs.clear()

    def num_program_cache_entries(self):
        return len(self.programs)

    def get_trace_buffers_size(self):
        return 65536


class Tensor:
    def __init__(self, shape, device):
        self.shape, self.device = shape, device


def note(what):
    sys.stderr.write(what + "\n")


def get_num_devices():
    return 8


def open_mesh_device(shape):
    note("opened %s" % (tuple(shape),))
    return MeshDevice(shape)


def close_mesh_device(mesh):
    note("closed %s" % (tuple(mesh.shape),))


def empty(shape, dtype, layout, device, memory_config):
    note("tensor %s in %s" % (shape, memory_config))
    return Tensor(shape, device)


def add(left, right):
    left.device.programs.add("add")
    return Tensor(left.shape, left.device)


def matmul(left, right):
    left.device.programs.add("matmul")
    return Tensor(left.shape, left.device)


def deallocate(tensor):
    note("deallocated")

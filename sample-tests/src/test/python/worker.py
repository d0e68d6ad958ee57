"""A mesh of devices, told what to do one line at a time over standard input. Needs nothing but Python's standard library.

usage: worker.py SOCKET

With ttnn it opens real devices, and the runtime reports what it allocates by itself. Without, it allocates nothing: it
reports over SOCKET what a mesh of 2 x 4 devices was seen to allocate. The first line of its output says which, and why.

    open                          -> ok DEVICES
    tensor KIND BYTES all|DEVICE  -> ok TENSOR      KIND is DRAM or L1, BYTES are per device
    add TENSOR TENSOR             -> ok TENSOR
    matmul TENSOR TENSOR          -> ok TENSOR
    free TENSOR                   -> ok
    cache enable|clear|disable    -> ok
    cache entries                 -> ok PROGRAMS
    traces                        -> ok BYTES       nothing behind ok where that is not known, as below
    buffers                       -> ok COUNT DEVICE:KIND:ADDRESS:BYTES ...
    view KIND                     -> ok BANKS BYTES ALLOCATED FREE LARGEST      bytes in each bank
    close                         -> ok

Whatever goes wrong is answered by "error" and what it was. It ends when its input does.
"""

import itertools
import os
import socket
import struct
import sys
import time


class Hardware:
    """The devices of ttnn. The shape of the mesh is 2 x 4 where there are 8 devices, else all in a row."""

    def __init__(self, ttnn):
        self.ttnn = ttnn
        self.parts = {}
        self.mesh = None

    def open(self):
        ttnn = self.ttnn
        count = ttnn.get_num_devices()
        self.count = count
        self.shape = (2, 4) if count == 8 else (1, count)
        self.mesh = ttnn.open_mesh_device(ttnn.MeshShape(*self.shape))
        self.mesh.enable_program_cache()
        return count

    def part(self, device):
        """A mesh of one device alone; its program cache is its own, and no operation runs on it."""
        if device not in self.parts:
            place = self.ttnn.MeshCoordinate(device // self.shape[1], device % self.shape[1])
            self.parts[device] = self.mesh.create_submesh(self.ttnn.MeshShape(1, 1), place)
        return self.parts[device]

    def tensor(self, kind, size, device):
        ttnn = self.ttnn
        tile = 32 * 32 * 2
        if size % tile:
            raise ValueError("a tensor on a real device has %d bytes or a multiple of it, not %d" % (tile, size))
        memory = {"DRAM": ttnn.DRAM_MEMORY_CONFIG, "L1": ttnn.L1_MEMORY_CONFIG}[kind]
        return ttnn.empty(
            [1, 1, 32, 32 * (size // tile)], dtype=ttnn.bfloat16, layout=ttnn.TILE_LAYOUT,
            device=self.mesh if device is None else self.part(device), memory_config=memory)

    def add(self, left, right):
        return self.ttnn.add(left, right)

    def matmul(self, left, right):
        return self.ttnn.matmul(left, right)

    def free(self, tensor):
        self.ttnn.deallocate(tensor)

    # tag::device[]
    def cache(self, what):
        if what == "entries":
            return self.mesh.num_program_cache_entries()
        if what == "enable":
            self.mesh.enable_program_cache()
        elif what == "disable":
            self.mesh.disable_and_clear_program_cache()
        elif hasattr(self.mesh, "clear_program_cache"):
            self.mesh.clear_program_cache()
        else:  # an older ttnn: this leaves the cache off, so it is switched on again
            self.mesh.disable_and_clear_program_cache()
            self.mesh.enable_program_cache()

    def traces(self):
        mesh = self.mesh
        return mesh.get_trace_buffers_size() if hasattr(mesh, "get_trace_buffers_size") else None

    def buffers(self):
        """The allocator tells bytes for each bank, and for a buffer of the whole mesh the number of the mesh."""
        reports = getattr(getattr(self.ttnn, "_ttnn", None), "reports", None)
        if reports is None or not hasattr(self.ttnn, "get_memory_view"):
            return None
        found = {}
        for mesh, devices in [(self.mesh, range(self.count))] + [(part, [at]) for at, part in self.parts.items()]:
            for buffer in reports.get_buffers(mesh):
                kind = self.name(buffer.buffer_type)
                size = buffer.max_size_per_bank * self.memory(mesh, kind).num_banks
                for device in devices:
                    found[device, kind, buffer.address, size] = None
        return [len(found)] + ["%d:%s:%d:%d" % key for key in found]

    def view(self, kind):
        if not hasattr(self.ttnn, "get_memory_view"):
            return None
        memory = self.memory(self.mesh, kind)
        return [memory.num_banks, memory.total_bytes_per_bank, memory.total_bytes_allocated_per_bank,
                memory.total_bytes_free_per_bank, memory.largest_contiguous_bytes_free_per_bank]

    def memory(self, mesh, kind):
        return self.ttnn.get_memory_view(mesh, getattr(self.ttnn.BufferType, kind))

    @staticmethod
    def name(kind):
        return getattr(kind, "name", str(kind)).rsplit(".", 1)[-1]
    # end::device[]

    def close(self):
        if self.mesh is not None:
            for part in self.parts.values():
                self.ttnn.close_mesh_device(part)
            self.ttnn.close_mesh_device(self.mesh)
            self.mesh = None


class Wire:
    """A simulation that speaks the protocol of the allocation server, in messages of 112 bytes."""

    DEVICES = 8
    ALLOC, FREE = 1, 2
    KINDS = {"DRAM": 0, "L1": 1}
    KERNELS = {"add": 12 * 1024, "matmul": 24 * 1024}
    CIRCULAR_BUFFERS = {"add": (4096, 4096), "matmul": (2048, 2048)}
    BANKS, PAGE = 12, 2048
    TENSORS = 0x80000

    def __init__(self, path):
        self.path = path
        self.peer = None
        self.warned = False
        self.live = {}
        self.programs = {}
        self.ran = set()
        self.enabled = True
        self.low = {"DRAM": 0x400000, "L1": self.TENSORS}
        self.high = 0x40000000
        self.circular = 0x18B20

    def report(self, kind, device, size, memory, address):
        message = struct.pack("<B3xiQB3xiQQ", kind, device, size, memory, os.getpid(), address,
                              time.time_ns() if kind == self.ALLOC else 0).ljust(112, b"\0")
        try:
            if self.peer is None:
                self.peer = socket.socket(socket.AF_UNIX)
                self.peer.connect(self.path)
            self.peer.sendall(message)
        except OSError as nobody:
            self.peer = None  # the next event tries again
            if not self.warned:
                self.warned = True
                sys.stderr.write("nobody takes the events at %s: %s\n" % (self.path, nobody))

    def allocate(self, device, kind, size, address):
        self.report(self.ALLOC, device, size, self.KINDS[kind], address)
        self.live[device, address] = (kind, size)

    def release(self, device, address):
        self.report(self.FREE, device, 0, 0, address)
        del self.live[device, address]

    def open(self):
        return self.DEVICES

    def length(self, size):
        """A buffer is laid out in pages that go round the banks, at one address in all of them."""
        pages = -(-size // self.PAGE)
        return -(-pages // self.BANKS) * self.PAGE

    def tensor(self, kind, size, device):
        if size < 1 or not (device is None or 0 <= device < self.DEVICES):
            raise ValueError("no tensor has %d bytes on device %s" % (size, device))
        address = self.low[kind]
        self.low[kind] += self.length(size)
        devices = range(self.DEVICES) if device is None else [device]
        for number in devices:
            self.allocate(number, kind, size, address)
        return [kind, size, address, devices]

    def run(self, operation, left, right):
        key = (operation, left[1], right[1])
        if key not in self.programs:
            size = self.KERNELS[operation]
            self.high -= self.length(size)
            for device in range(self.DEVICES):
                self.allocate(device, "DRAM", size, self.high)
                self.report(self.ALLOC, device, size, 0, self.high)  # a view of it, which is freed at once
                self.report(self.FREE, device, 0, 0, self.high)
            self.programs[key] = self.high
        if operation not in self.ran:
            self.ran.add(operation)
            for size in self.CIRCULAR_BUFFERS[operation]:
                self.allocate(0, "L1", size, self.circular)
                self.circular += size
        if not self.enabled:
            self.clear()
        return self.tensor(left[0], left[1], None)

    def add(self, left, right):
        return self.run("add", left, right)

    def matmul(self, left, right):
        return self.run("matmul", left, right)

    def free(self, tensor):
        for device in tensor[3]:
            self.release(device, tensor[2])

    def clear(self):
        for address in self.programs.values():
            for device in range(self.DEVICES):
                self.release(device, address)
        self.programs.clear()
        if not any(address >= self.high for _, address in self.live):
            self.high = 0x40000000

    def cache(self, what):
        if what == "entries":
            return len(self.programs)
        if what == "enable":
            self.enabled = True
        else:
            self.clear()
            self.enabled = self.enabled and what != "disable"

    def traces(self):
        return 0

    def buffers(self):
        """Circular buffers are not among them: no allocator knows them."""
        held = [(device, kind, address, size) for (device, address), (kind, size) in self.live.items()
                if address >= self.TENSORS]
        return [len(held)] + ["%d:%s:%d:%d" % buffer for buffer in held]

    def view(self, kind):
        return None

    def close(self):
        for device, address in list(self.live):
            self.release(device, address)
        self.programs.clear()
        if self.peer is not None:
            self.peer.close()
            self.peer = None


def choose(path):
    """The devices, and the line that says what they are."""
    try:
        import ttnn
    except Exception as why:  # whatever keeps it from being imported, a missing library too
        reason = " ".join(str(why).split())
        return Wire(path), "hello wire %s: ttnn cannot be imported: %s" % (sys.executable, reason)
    version = getattr(ttnn, "__version__", "of an unknown version")
    return Hardware(ttnn), "hello ttnn %s, %s" % (version, sys.executable)


def joined(values):
    return None if values is None else " ".join(str(value) for value in values)


def work(mesh, words, tensors, numbers):
    command, rest = words[0], words[1:]
    if command in ("open", "close", "traces"):
        return getattr(mesh, command)()
    if command == "buffers":
        return joined(mesh.buffers())
    if command == "view":
        return joined(mesh.view(rest[0]))
    if command == "cache" and rest[0] in ("enable", "clear", "disable", "entries"):
        return mesh.cache(rest[0])
    if command == "free":
        mesh.free(tensors[int(rest[0])])
        del tensors[int(rest[0])]
        return None
    if command == "tensor":
        made = mesh.tensor(rest[0], int(rest[1]), None if rest[2] == "all" else int(rest[2]))
    elif command in ("add", "matmul"):
        made = getattr(mesh, command)(tensors[int(rest[0])], tensors[int(rest[1])])
    else:
        raise ValueError("there is no '%s'" % " ".join(words))
    number = next(numbers)
    tensors[number] = made
    return number


# tag::main[]
def main():
    # The runtime writes to standard output as it likes: that goes to standard error, and the answers keep their line.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    mesh, greeting = choose(sys.argv[1])
    tensors, numbers = {}, itertools.count(1)
    answers.write(greeting + "\n")
    answers.flush()
    for line in sys.stdin:
        try:
            value = work(mesh, line.split(), tensors, numbers)
            answer = "ok" if value is None else "ok %s" % value
        except Exception as refused:
            answer = "error %s: %s" % (type(refused).__name__, " ".join(str(refused).split()))
        answers.write(answer + "\n")
        answers.flush()
    mesh.close()
# end::main[]


main()

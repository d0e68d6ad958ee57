"""What a fixture of a Python test suite does after each test, to have a server print what is left.

fixture.py SOCKET REPETITIONS SECONDS: collect, clear the program cache, collect, wait, ask the server for a dump; says the
median of the repetitions in nanoseconds. The cache is that of no device: clearing it costs nothing here.
"""

import gc
import socket
import statistics
import struct
import sys
import time

DUMP_REMAINING = 5
LENGTH = 72


class NoDevice:
    def clear_program_cache(self):
        pass


def check(device, path, seconds):
    gc.collect()
    device.clear_program_cache()
    gc.collect()
    if seconds > 0:
        time.sleep(seconds)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(path)
        client.sendall(struct.pack("<B", DUMP_REMAINING).ljust(LENGTH, b"\0"))


def main(path, repetitions, seconds):
    device = NoDevice()
    check(device, path, 0)
    nanoseconds = []
    for _ in range(repetitions):
        begun = time.perf_counter_ns()
        check(device, path, seconds)
        nanoseconds.append(time.perf_counter_ns() - begun)
    print(int(statistics.median(nanoseconds)))


main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))

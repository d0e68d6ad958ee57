"""An allocation server of another make, with the faults that such servers are known to have.

usage: foreign_server.py SOCKET LENGTH [silent-info] [late=SECONDS] [die-after=QUERIES] [stop-after=QUERIES] [devices=N]
       foreign_server.py hold SOCKET LENGTH DEVICES TYPE ID SIZE [orphan]
"""

import os
import signal
import socket
import struct
import sys
import threading
import time

KINDS = ["DRAM", "L1", "SYSTEM_MEMORY", "L1_SMALL", "TRACE"]
HELD = 8
lock = threading.Lock()
live = {}
totals = [[0] * 7 for _ in range(HELD)]
queries = 0


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def die(why):
    """As by SIGSEGV, with the reason for the test that is surprised."""
    sys.stderr.write("fault: " + why + "\n")
    sys.stderr.flush()
    os.kill(os.getpid(), signal.SIGKILL)


def event(kind, device, size, buffer_type, pid, buffer):
    held = totals[device]
    if kind == 1:
        known = live.get((device, buffer))
        if known:
            known[2] += 1
        else:
            live[device, buffer] = [size, buffer_type, 1, pid]
            held[buffer_type] += size
        say("\u2713 [PID %d] Allocated %d bytes of %s on device %d (buffer_id=0x%x)"
            % (pid, size, KINDS[buffer_type], device, buffer))
    elif kind == 2:
        known = live.get((device, buffer))
        if not known:
            say("  [PID %d] Freed buffer 0x%x on device %d, allocated before tracking started" % (pid, buffer, device))
        else:
            known[2] -= 1
            if known[2] == 0:
                held[known[1]] -= known[0]
                del live[device, buffer]
                say("\u2717 [PID %d] Freed buffer 0x%x on device %d (%d bytes, FINAL)" % (pid, buffer, device, known[0]))
    elif kind in (8, 9, 10, 11):
        held[5 if kind < 10 else 6] += size if kind in (8, 10) else -size


def dump():
    say("\u2554" + "\u2550" * 40 + "\u2557\n\u2551  REMAINING ALLOCATED BUFFERS  \u2551\n\u255a" + "\u2550" * 40 + "\u255d")
    if not live:
        say("\u2713 No buffers remaining - perfect cleanup!")
        return
    say("Total tracked allocations: %d" % len(live))
    for device in sorted({key[0] for key in live}):
        say("\nDevice %d:" % device)
        for number, kind in enumerate(KINDS):
            of = [(key[1], value) for key, value in sorted(live.items()) if key[0] == device and value[1] == number]
            if of:
                say("  %s: %d buffers, %s MB total" % (kind, len(of), "%g" % (sum(v[0] for _, v in of) / 1048576)))
                say("\u2713 [PID 1] Allocated 1 bytes of L1 on device 7 (buffer_id=123)")
                if len(of) <= 10:
                    for buffer, value in of:
                        say("    - Buffer 0x%x: %s KB (PID %d, ref_count=%d)"
                            % (buffer, "%g" % (value[0] / 1024), value[3], value[2]))
    say("\nTotal remaining buffers: %d" % len(live))


def respond(device, length):
    t = [value % 2**64 for value in totals[device]]
    answer = struct.pack("<B3xi32x4Q", 4, device, t[0], t[1], t[2] + t[3], t[4])
    if length >= 128:
        answer += struct.pack("<2Q", t[5], t[6])
    return answer.ljust(length, b"\0")


def describe(device, length, options):
    count = int(options.get("devices", HELD))
    block = struct.pack("<QQ6I", 12 << 30, 96 << 20, 2, 12, 1 << 30, 1464 << 10, 1, count)
    return (struct.pack("<B3xi64x", 7, device) + b"\0" * (0 if length == 112 else 16) + block).ljust(length, b"\0")


def serve(peer, length, options):
    global queries
    short = False
    with peer:
        while True:
            message = peer.recv(length)
            if not message:
                return
            if short:
                die("a message follows one of another length on the same connection")
            short = len(message) != length
            kind, device, size, buffer_type, pid, buffer = struct.unpack("<B3xiQB3xiQ", message[:32])
            if kind < 1 or kind > 12 or message[1:4] != b"\0\0\0":
                die("the stream is misread")
            if (kind == 6 and not -1 <= device < HELD) or (kind != 6 and not 0 <= device < HELD):
                die("device %d" % device)
            with lock:
                if kind == 3:
                    queries += 1
                    if queries > int(options.get("die-after", 10**9)):
                        die("so it was asked to")
                    if queries > int(options.get("stop-after", 10**9)):
                        os.kill(os.getpid(), signal.SIGSTOP)
                    if "late" in options and queries == int(options.get("late-at", 3)):
                        time.sleep(float(options["late"]))
                    peer.sendall(respond(device, length))
                elif kind == 6:
                    if length == 72:
                        die("DEVICE_INFO_QUERY to a server of 72 bytes")
                    if "silent-info" not in options:
                        peer.sendall(describe(device, length, options))
                elif kind == 5:
                    dump()
                else:
                    event(kind, device, size, buffer_type, pid, buffer)


def hold(path, length, devices, buffer_type, buffer, size, orphan=None):
    held, holds = os.pipe()
    if orphan and os.fork():
        os.read(held, 1)
        say("held")
        os._exit(0)
    client = socket.socket(socket.AF_UNIX)
    client.connect(path)
    for device in devices.split(","):
        message = struct.pack("<B3xiQB3xiQQ", 1, int(device), int(size), int(buffer_type), os.getpid(), int(buffer), 1)
        client.sendall(message.ljust(int(length), b"\0"))
    client.sendall(struct.pack("<B3xi", 3, 0).ljust(int(length), b"\0"))
    client.recv(int(length))
    if orphan:
        os.write(holds, b"x")
        client.recv(1)
        return
    say("held")
    sys.stdin.read()


def main(arguments):
    if arguments[0] == "hold":
        hold(*arguments[1:])
        return
    # Python ignores it; the servers in the field do not.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    path, length = arguments[0], int(arguments[1])
    options = dict((option + "=").split("=")[:2] for option in arguments[2:])
    listener = socket.socket(socket.AF_UNIX)
    if "replace" in options and os.path.exists(path):
        os.unlink(path)
    listener.bind(path)
    listener.listen(16)
    say("listening")
    while True:
        peer = listener.accept()[0]
        threading.Thread(target=serve, args=(peer, length, options), daemon=True).start()


main(sys.argv[1:])

package io.github.ttmemorycheck.internal.wire;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.FreeFault;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Snapshots and diffs as bytes, for {@link PeerProtocol}. Kinds go by name: both sides need not have the same ones.
 * Reading what is no such content throws an {@link IOException} or an {@link IllegalArgumentException}. Stateless.
 */
public final class SnapshotCodec {

    private SnapshotCodec() {}

    /** Writes totals: every device, each of its figures that is not 0. */
    public static void write(MemoryTotals totals, DataOutput out) throws IOException {
        out.writeInt(totals.devices().size());
        for (int device : totals.devices()) {
            out.writeInt(device);
            for (MemoryKind kind : MemoryKind.values()) {
                if (totals.of(device, kind) != 0) {
                    out.writeUTF(kind.name());
                    out.writeLong(totals.of(device, kind));
                }
            }
            out.writeUTF("");
        }
    }

    public static MemoryTotals totals(DataInput in) throws IOException {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        for (int left = in.readInt(); left > 0; left--) {
            int device = in.readInt();
            totals.add(device, MemoryKind.DRAM, 0);
            for (String kind = in.readUTF(); !kind.isEmpty(); kind = in.readUTF()) {
                totals.add(device, MemoryKind.valueOf(kind), in.readLong());
            }
        }
        return totals.build();
    }

    public static void write(MemorySnapshot snapshot, DataOutput out) throws IOException {
        write(snapshot.totals(), out);
        writeBuffers(snapshot.buffers(), out);
        writeCommands(snapshot.commands(), out);
    }

    /** Reads a snapshot; times are those of the writer's clock plus an offset. */
    public static MemorySnapshot snapshot(DataInput in, long clockOffset) throws IOException {
        return new MemorySnapshot(totals(in), true, buffers(in, clockOffset), commands(in), List.of());
    }

    public static void write(SnapshotDiff diff, DataOutput out) throws IOException {
        write(diff.before(), out);
        write(diff.after(), out);
        writeBuffers(diff.left(), out);
        writeBuffers(diff.released(), out);
        out.writeInt(diff.ended().size());
        for (EndedProcess ended : diff.ended()) {
            write(ended, out);
        }
        writeCommands(diff.commands(), out);
        out.writeInt(diff.faults().size());
        for (FreeFault fault : diff.faults()) {
            write(fault, out);
        }
    }

    public static void write(EndedProcess ended, DataOutput out) throws IOException {
        out.writeInt(ended.processId());
        out.writeUTF(ended.command());
        out.writeLong(ended.buffers());
        write(ended.held(), out);
    }

    public static EndedProcess ended(DataInput in) throws IOException {
        return new EndedProcess(in.readInt(), in.readUTF(), in.readLong(), totals(in));
    }

    public static void write(FreeFault fault, DataOutput out) throws IOException {
        out.writeUTF(fault.kind().name());
        out.writeInt(fault.device());
        out.writeLong(fault.address());
        out.writeInt(fault.processId());
    }

    public static FreeFault fault(DataInput in) throws IOException {
        return new FreeFault(FreeFault.Kind.valueOf(in.readUTF()), in.readInt(), in.readLong(), in.readInt());
    }

    /** Reads a diff; times are those of the writer's clock plus an offset. */
    public static SnapshotDiff diff(DataInput in, long clockOffset) throws IOException {
        MemoryTotals before = totals(in);
        MemoryTotals after = totals(in);
        List<DeviceBuffer> left = buffers(in, clockOffset);
        List<DeviceBuffer> released = buffers(in, clockOffset);
        List<EndedProcess> ended = new ArrayList<>();
        for (int more = in.readInt(); more > 0; more--) {
            ended.add(ended(in));
        }
        Map<Integer, String> commands = commands(in);
        List<FreeFault> faults = new ArrayList<>();
        for (int more = in.readInt(); more > 0; more--) {
            faults.add(fault(in));
        }
        return new SnapshotDiff(before, after, true, left, released, ended, commands, List.of(), faults, Map.of());
    }

    private static void writeBuffers(List<DeviceBuffer> buffers, DataOutput out) throws IOException {
        out.writeInt(buffers.size());
        for (DeviceBuffer buffer : buffers) {
            out.writeInt(buffer.device());
            out.writeUTF(buffer.kind().name());
            out.writeLong(buffer.address());
            out.writeLong(buffer.size());
            out.writeLong(buffer.refCount());
            out.writeLong(buffer.allocations());
            out.writeInt(buffer.processId());
            out.writeLong(buffer.order());
            out.writeLong(buffer.seenAtNanos());
            out.writeLong(buffer.referenceTo());
            out.writeBoolean(buffer.ofSystem());
        }
    }

    private static List<DeviceBuffer> buffers(DataInput in, long clockOffset) throws IOException {
        List<DeviceBuffer> buffers = new ArrayList<>();
        for (int more = in.readInt(); more > 0; more--) {
            buffers.add(new DeviceBuffer(
                    in.readInt(),
                    MemoryKind.valueOf(in.readUTF()),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong() + clockOffset,
                    in.readLong(),
                    in.readBoolean()));
        }
        return buffers;
    }

    private static void writeCommands(Map<Integer, String> commands, DataOutput out) throws IOException {
        out.writeInt(commands.size());
        for (Map.Entry<Integer, String> command : commands.entrySet()) {
            out.writeInt(command.getKey());
            out.writeUTF(command.getValue());
        }
    }

    private static Map<Integer, String> commands(DataInput in) throws IOException {
        Map<Integer, String> commands = new HashMap<>();
        for (int more = in.readInt(); more > 0; more--) {
            commands.put(in.readInt(), in.readUTF());
        }
        return commands;
    }
}

package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.DeviceInfoResponse;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import io.github.ttmemorycheck.internal.wire.ResponseReader;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers about its devices; asks on a connection of its own, where its generation is known to answer,
 * and never again after a question without an answer. Not thread-safe.
 */
final class DeviceDescriptions {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int ALL_DEVICES = -1;

    /** Devices that every generation can hold; asking for others can end the server. */
    private static final int MOST_DEVICES = 8;

    private final Path path;
    private final Generation generation;
    private final Map<Integer, DeviceInfoResponse> known = new HashMap<>();
    private final int devices;
    private boolean silent;

    DeviceDescriptions(Path path, Generation generation) {
        this.path = path;
        this.generation = generation;
        this.silent = generation != Generation.G2 && generation != Generation.G4;
        DeviceInfoResponse all = ask(ALL_DEVICES);
        this.devices = all == null || all.devices() < 1 ? MOST_DEVICES : Math.min(MOST_DEVICES, all.devices());
    }

    /** Returns how many devices can be asked for, from 0 on; 8 where the server does not say how many there are. */
    int devices() {
        return devices;
    }

    OptionalLong capacity(MemoryPool pool) {
        MemoryKind kind = pool.kind();
        DeviceInfoResponse answer = kind == MemoryKind.DRAM || kind == MemoryKind.L1 ? ask(pool.device()) : null;
        long bytes = answer == null ? 0 : kind == MemoryKind.DRAM ? answer.totalDram() : answer.totalL1();
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private @Nullable DeviceInfoResponse ask(int device) {
        DeviceInfoResponse answer = known.get(device);
        if (answer == null && !silent) {
            try (Dialogue dialogue = Dialogue.open(path, PATIENCE_NANOS)) {
                byte[] bytes = dialogue.ask(
                        MessageWriter.write(ClientMessage.request(MessageType.DEVICE_INFO_QUERY, device), generation),
                        generation.length(),
                        System.nanoTime() + PATIENCE_NANOS);
                answer = ResponseReader.deviceInfo(bytes, generation);
                known.put(device, answer);
            } catch (IOException | IllegalArgumentException noAnswer) {
                silent = true;
            }
        }
        return answer;
    }
}

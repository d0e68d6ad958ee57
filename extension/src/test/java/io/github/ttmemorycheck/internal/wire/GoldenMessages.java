package io.github.ttmemorycheck.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the golden files hold, by name: the bytes as checked in, and the messages they stand for. */
final class GoldenMessages {

    private static final long HIGHEST = -1L;

    private static final Map<String, ClientMessage> CLIENT = client();
    private static final Map<String, TotalsResponse> TOTALS = Map.of(
            "RESPONSE", new TotalsResponse(5, 36864, 12288, 4096, 8388608, 10240, 61440),
            "RESPONSE_HIGHEST_VALUES", new TotalsResponse(Integer.MIN_VALUE, HIGHEST, -2, -3, -4, -5, -6));
    private static final Map<String, DeviceInfoResponse> DEVICE_INFO = Map.of(
            "DEVICE_INFO_RESPONSE",
            new DeviceInfoResponse(2, 12L << 30, 96L << 20, 2, 12, 1 << 30, 1499136, true, 8),
            "DEVICE_INFO_RESPONSE_HIGHEST_VALUES",
            new DeviceInfoResponse(-1, HIGHEST, -2, -1, -2, -3, -4, true, -5),
            "DEVICE_INFO_RESPONSE_NOT_AVAILABLE",
            new DeviceInfoResponse(99, 0, 0, 0, 0, 0, 0, false, 8));

    private GoldenMessages() {}

    private static Map<String, ClientMessage> client() {
        Map<String, ClientMessage> all = new LinkedHashMap<>();
        long noon = 1767225600123456789L;
        all.put("ALLOC_DRAM", new ClientMessage(MessageType.ALLOC, 0, 12288, 0, 4711, 0x3ffff800, noon));
        all.put("ALLOC_L1", new ClientMessage(MessageType.ALLOC, 7, 4096, 1, 4712, 0x18b20, noon + 1));
        all.put(
                "ALLOC_SYSTEM_MEMORY",
                new ClientMessage(MessageType.ALLOC, 1, 2097152, 2, 4713, 0x7f0000001000L, noon + 2));
        all.put("ALLOC_L1_SMALL", new ClientMessage(MessageType.ALLOC, 2, 32768, 3, 4714, 0x16e000, noon + 3));
        all.put("ALLOC_TRACE", new ClientMessage(MessageType.ALLOC, 3, 8388608, 4, 4715, 0x10a000, noon + 4));
        all.put(
                "ALLOC_HIGHEST_VALUES",
                new ClientMessage(
                        MessageType.ALLOC, Integer.MIN_VALUE, HIGHEST, 4, Integer.MAX_VALUE, HIGHEST, HIGHEST));
        all.put("FREE", new ClientMessage(MessageType.FREE, 31, 0, 0, 4711, 0x3ffff800, 0));
        all.put("FREE_NEGATIVE_DEVICE", new ClientMessage(MessageType.FREE, -1, 0, 0, 4711, Long.MIN_VALUE, 0));
        all.put("QUERY", ClientMessage.request(MessageType.QUERY, 5));
        all.put("DUMP_REMAINING", ClientMessage.request(MessageType.DUMP_REMAINING, 0));
        all.put("DEVICE_INFO_QUERY", ClientMessage.request(MessageType.DEVICE_INFO_QUERY, -1));
        all.put("CB_ALLOC", new ClientMessage(MessageType.CB_ALLOC, 0, 2048, 0, 4711, 0x1ab20, 0));
        all.put("CB_FREE", new ClientMessage(MessageType.CB_FREE, 0, 2048, 0, 4711, 0x1ab20, 0));
        all.put("CB_FREE_WITHOUT_ADDRESS", new ClientMessage(MessageType.CB_FREE, 0, 2048, 0, 4711, 0, 0));
        all.put("KERNEL_LOAD_APPLICATION", new ClientMessage(MessageType.KERNEL_LOAD, 4, 12288, 0, 4711, 1, 0));
        all.put("KERNEL_LOAD_FABRIC", new ClientMessage(MessageType.KERNEL_LOAD, 4, 24576, 1, 4711, 2, 0));
        all.put("KERNEL_LOAD_DISPATCH", new ClientMessage(MessageType.KERNEL_LOAD, 4, 24576, 2, 4711, 3, 0));
        all.put("KERNEL_UNLOAD", new ClientMessage(MessageType.KERNEL_UNLOAD, 4, 12288, 0, 4711, 1, 0));
        all.put("DUMP_KERNELS", ClientMessage.request(MessageType.DUMP_KERNELS, 0));
        return all;
    }

    static ClientMessage message(String name) {
        return Objects.requireNonNull(CLIENT.get(name), name);
    }

    static TotalsResponse totals(String name) {
        return Objects.requireNonNull(TOTALS.get(name), name);
    }

    static DeviceInfoResponse deviceInfo(String name) {
        return Objects.requireNonNull(DEVICE_INFO.get(name), name);
    }

    /** Returns the type that the message of a name has. */
    static MessageType type(String name) {
        ClientMessage message = CLIENT.get(name);
        if (message != null) {
            return message.type();
        }
        return TOTALS.containsKey(name) ? MessageType.RESPONSE : MessageType.DEVICE_INFO_RESPONSE;
    }

    /** Returns a generation's messages that a client sends. */
    static List<ClientMessage> clientMessages(Generation generation) {
        return CLIENT.values().stream()
                .filter(message -> generation.knows(message.type()))
                .toList();
    }

    /** Reads a generation's golden file: name and bytes, in its order. */
    static Map<String, byte[]> bytes(Generation generation) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        String file = generation.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = Objects.requireNonNull(GoldenMessages.class.getResourceAsStream(file), file)) {
            new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> {
                        int end = line.indexOf(' ');
                        String hex = line.substring(end).replace(" ", "");
                        all.put(line.substring(0, end), HexFormat.of().parseHex(hex));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}

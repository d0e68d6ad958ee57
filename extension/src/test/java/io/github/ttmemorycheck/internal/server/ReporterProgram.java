package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process that reports what it is told to, and nothing before it is told: a command a line, each answered by a line.
 * Its first line is its process id. Ends when its input does.
 */
public final class ReporterProgram {

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private ReporterProgram() {}

    public static void main(String[] arguments) throws IOException {
        try (AllocationClient client = AllocationClient.builder()
                .socket(Path.of(arguments[0]))
                .messageLength(Integer.parseInt(arguments[1]))
                .build()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            say(String.valueOf(ProcessHandle.current().pid()));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                obey(client, words);
                say("done");
            }
        }
    }

    private static void obey(AllocationClient client, String[] words) {
        long number = Long.parseLong(words[1]);
        switch (words[0]) {
            case "hold" -> client.allocate(2, MemoryKind.DRAM, 0x7000, number);
            case "flood" -> {
                for (long n = 0; n < number; n++) {
                    client.allocate(2, MemoryKind.DRAM, 0x10000 + n % 100, 4096);
                    client.free(2, 0x10000 + n % 100);
                }
            }
            case "free-late" -> {
                Thread later = new Thread(() -> {
                    Eventually.pause(java.time.Duration.ofMillis(number));
                    client.free(2, 0x7000);
                });
                later.setDaemon(true);
                later.start();
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}

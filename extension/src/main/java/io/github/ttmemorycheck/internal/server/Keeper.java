package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.socket.DescriptorSocket;
import io.github.ttmemorycheck.internal.socket.ServerSockets;
import io.github.ttmemorycheck.internal.text.Wording;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The program that an allocation server is handed over to when its JVM ends and others use it. It serves at the same
 * socket, whose file stays the same, until nobody is connected any more; then it removes the file and ends. It ends at
 * once where it cannot take over.
 */
public final class Keeper {

    /** How long nothing may come while it takes over. */
    private static final int SILENCE_MILLIS = 10_000;

    /** How often it looks whether somebody is connected; it ends when it finds nobody twice. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** How many bytes it says at most. */
    private static final int MOST_SAID = 1 << 20;

    private Keeper() {}

    /**
     * Takes over and serves.
     *
     * @param arguments the path of the socket, for whoever reads the command, where the other server waits, and the
     *     file for what there is to say later
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        KeeperLog log = new KeeperLog(new FileOutputStream(FileDescriptor.err), Path.of(arguments[2]), MOST_SAID);
        PrintStream errors = new PrintStream(log, true, StandardCharsets.UTF_8);
        System.setErr(errors);
        warmUp();
        AllocationService service = takeOver(arguments[1]);
        log.leaveStarter();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(service, errors), "tt-allocation-server-shutdown"));
        serve(service);
    }

    /** Printed and not logged: the JDK's log is shut while a JVM ends. */
    private static void end(AllocationService service, PrintStream errors) {
        List<String> others =
                service.isServing() ? service.locked(() -> service.connections().others(0)) : List.of();
        if (!others.isEmpty()) {
            errors.println("the allocation server at " + service.socket() + " was told to end although others are"
                    + " connected (" + Wording.list(others) + "); what they leave cannot be told any more");
        }
        service.close();
    }

    /** Loads what taking over needs, as long as the other server answers still. */
    private static void warmUp() throws IOException {
        WarmUp.run();
        EventBook book = WarmUp.filled();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        book.write(new StateWriter(bytes), Set.of(book.mark(0)));
        EventBook read = new EventBook(ProcFiles.ofThisSystem(), mark -> {});
        read.read(new StateReader(new ByteArrayInputStream(bytes.toByteArray())));
        read.since(read.mark(0));
        ServerSockets.best().openSelector().close();
    }

    /** Takes over what is sent where the other server waits. */
    static AllocationService takeOver(String meeting) throws IOException {
        try (DescriptorSocket from = DescriptorSocket.connect(meeting, SILENCE_MILLIS)) {
            from.output().write(1);
            int count = new DataInputStream(from.input()).readInt();
            List<FileDescriptor> files = from.receive(count);
            StateReader in = new StateReader(new BufferedInputStream(from.input(), 1 << 16));
            Path path = Path.of(in.readUTF());
            Path bound = Path.of(in.readUTF());
            ServerSocketChannel listener = ServerSockets.listener(files.get(0));
            SocketFile socket = SocketFile.takeOver(new SocketPath(path, in.readUTF()), bound, listener);
            List<SocketChannel> clients = new ArrayList<>();
            for (FileDescriptor file : files.subList(1, files.size())) {
                clients.add(ServerSockets.connection(file));
            }
            AllocationService service = AllocationService.resume(socket, clients, in);
            from.output().write(1);
            return service;
        }
    }

    private static void serve(AllocationService service) throws InterruptedException {
        boolean wasIdle = false;
        while (service.isServing()) {
            service.awaitEnd(LOOK_NANOS);
            boolean isIdle = service.locked(() -> service.connections().size() == 0);
            if (isIdle && wasIdle) {
                service.closeUnlessUsed();
            }
            wasIdle = isIdle;
        }
    }
}

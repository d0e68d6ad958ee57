package io.github.ttmemorycheck.internal.socket;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.newsclub.net.unix.AFUNIXSelectorProvider;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketCredentials;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * Channels of a server at a Unix socket. Those of junixsocket know the process at the other end; where its native
 * library cannot be loaded those of the JDK are used, which know its user only. A selector takes channels of its own
 * kind alone. Stateless but for that choice.
 */
public final class ServerSockets {

    /** The process of a peer where the kernel cannot be asked. */
    public static final int UNKNOWN_PROCESS = -1;

    private static final ServerSockets OF_JUNIXSOCKET = new ServerSockets(true);
    private static final ServerSockets OF_THE_JDK = new ServerSockets(false);

    private final boolean junixsocket;

    /**
     * Who connected.
     *
     * @param processId the process as the kernel numbers it for this one; 0 when it cannot be seen from here, as one of
     *     an outer PID namespace; {@link #UNKNOWN_PROCESS} where the kernel cannot be asked
     * @param user the user, to be compared with {@link #owner}; its text is for people
     */
    public record Peer(int processId, Object user) {}

    private ServerSockets(boolean junixsocket) {
        this.junixsocket = junixsocket;
    }

    /** Returns those that know processes, or else those of the JDK. */
    public static ServerSockets best() {
        return NativeLibrary.isLoaded() ? OF_JUNIXSOCKET : OF_THE_JDK;
    }

    /** Returns those of the JDK, which need no native library. */
    public static ServerSockets ofTheJdk() {
        return OF_THE_JDK;
    }

    public Selector openSelector() throws IOException {
        return junixsocket ? AFUNIXSelectorProvider.provider().openSelector() : Selector.open();
    }

    public ServerSocketChannel openListener() throws IOException {
        return junixsocket
                ? AFUNIXSelectorProvider.provider().openServerSocketChannel()
                : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /**
     * Binds a listener to a name that nobody has.
     *
     * @throws BindException when the name is taken; nothing that is there is replaced
     */
    public void bind(ServerSocketChannel listener, Path name, int backlog) throws IOException {
        // junixsocket moves away what it finds.
        if (Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
            throw new BindException("Address already in use");
        }
        SocketAddress address = junixsocket ? AFUNIXSocketAddress.of(name) : UnixDomainSocketAddress.of(name);
        listener.bind(address, backlog);
    }

    /** Returns whether its channels can be handed to another process. */
    public boolean canBeHandedOver() {
        return junixsocket;
    }

    /** Returns the listener that another process had open; it stays open when what was received is closed. */
    public static ServerSocketChannel listener(FileDescriptor received) throws IOException {
        return FileDescriptorCast.duplicating(received).as(AFUNIXServerSocketChannel.class);
    }

    /** Returns the connection that another process had open, likewise. */
    public static SocketChannel connection(FileDescriptor received) throws IOException {
        return FileDescriptorCast.duplicating(received).as(AFUNIXSocketChannel.class);
    }

    /** Returns a class of each library that channels which know processes need. */
    public static List<Class<?>> needed() throws ClassNotFoundException {
        return List.of(AFUNIXSocket.class, Class.forName("org.newsclub.lib.junixsocket.common.NarMetadata"));
    }

    /** Returns the user that owns a file. */
    public Object owner(Path file) throws IOException {
        return junixsocket
                ? new UserId(((Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue())
                : Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
    }

    public Peer peer(SocketChannel client) throws IOException {
        if (client instanceof AFUNIXSocketChannel channel) {
            AFUNIXSocketCredentials credentials = channel.getPeerCredentials();
            return new Peer((int) Math.max(0, credentials.getPid()), new UserId(credentials.getUid()));
        }
        return new Peer(
                UNKNOWN_PROCESS,
                client.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
    }

    /** Returns whether a user is root, who may do anything anyway. */
    public static boolean isRoot(Object user) {
        return user.toString().equals("root") || user.equals(new UserId(0));
    }

    private record UserId(long number) {

        @Override
        public String toString() {
            return Long.toString(number);
        }
    }
}

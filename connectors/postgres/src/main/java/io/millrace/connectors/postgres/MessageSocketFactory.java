package io.millrace.connectors.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Makes the sockets of a connection and lets whoever opens it find the one in use. For the driver alone: it is public because
 * the driver makes it by its name.
 */
public final class MessageSocketFactory extends SocketFactory {
    private static final Map<String, Opening> OPENINGS = new ConcurrentHashMap<>();

    private final String opening;

    /** @param opening the name of a connection being opened, under which its factory is found */
    public MessageSocketFactory(String opening) {
        this.opening = opening;
    }

    /** A connection being opened. To be closed when it is, or is not going to be. */
    static final class Opening implements AutoCloseable {
        private final String name = UUID.randomUUID().toString();
        private volatile MessageSocket socket;

        private Opening() {}

        static Opening begin() {
            Opening opening = new Opening();
            OPENINGS.put(opening.name, opening);
            return opening;
        }

        /** Tells the driver where its sockets come from; not one that would not find this class. */
        void addTo(Properties driver) {
            if (Driver.class.getClassLoader() == MessageSocketFactory.class.getClassLoader()) {
                PGProperty.SOCKET_FACTORY.set(driver, MessageSocketFactory.class.getName());
                PGProperty.SOCKET_FACTORY_ARG.set(driver, name);
            }
        }

        /** What the open connection reads; an earlier attempt's socket, with another kind of encryption, does not count. */
        Optional<MessageStream> messages() {
            return Optional.ofNullable(socket).map(MessageSocket::messages);
        }

        @Override
        public void close() {
            OPENINGS.remove(name);
        }
    }

    @Override
    public Socket createSocket() {
        Opening waiting = OPENINGS.get(opening);
        if (waiting == null) {
            // Of an open connection, to cancel what it is doing.
            return new Socket();
        }
        waiting.socket = new MessageSocket();
        return waiting.socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return new Socket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return new Socket(host, port, localHost, localPort);
    }
}

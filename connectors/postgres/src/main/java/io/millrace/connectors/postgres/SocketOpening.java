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
 * A connection that the driver is opening: finds the socket that it has come to use. To be closed when the connection is
 * open, or is not going to be.
 */
final class SocketOpening implements AutoCloseable {
    private static final Map<String, SocketOpening> UNDER_WAY = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();
    private volatile MessageSocket socket;

    private SocketOpening() {}

    static SocketOpening begin() {
        SocketOpening opening = new SocketOpening();
        UNDER_WAY.put(opening.name, opening);
        return opening;
    }

    /** Tells the driver where its sockets come from; not a driver that would not find that class. */
    void addTo(Properties driver) {
        if (Driver.class.getClassLoader() == SocketOpening.class.getClassLoader()) {
            PGProperty.SOCKET_FACTORY.set(driver, Factory.class.getName());
            PGProperty.SOCKET_FACTORY_ARG.set(driver, name);
        }
    }

    /** What the open connection reads. The sockets of earlier attempts, with another kind of encryption, do not count. */
    Optional<MessageStream> messages() {
        return Optional.ofNullable(socket).map(MessageSocket::messages);
    }

    @Override
    public void close() {
        UNDER_WAY.remove(name);
    }

    /** Public because the driver makes it, by its name. */
    public static final class Factory extends SocketFactory {
        private final String opening;

        /** @param opening the name of a connection being opened */
        public Factory(String opening) {
            this.opening = opening;
        }

        @Override
        public Socket createSocket() {
            SocketOpening waiting = UNDER_WAY.get(opening);
            if (waiting == null) {
                // To cancel what an open connection is doing.
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
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return new Socket(host, port, localHost, localPort);
        }
    }
}

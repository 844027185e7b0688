package io.millrace.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports on 127.0.0.1 that nobody uses. */
final class FreePort {
    private static final int ATTEMPTS = 3;

    private FreePort() {}

    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Lets a server start on a port. */
    interface Start {
        void on(int port) throws IOException;
    }

    /**
     * Starts a server on the wanted port, or on a free one where that is 0: anew, where somebody else has taken it between
     * our look and the start.
     *
     * @param taken what the failure says then
     * @return the port
     */
    static int start(int wanted, String taken, Start start) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = wanted == 0 ? find() : wanted;
            try {
                start.on(port);
                return port;
            } catch (SandboxException failure) {
                if (wanted != 0 || attempt == ATTEMPTS || !failure.getMessage().contains(taken)) {
                    throw failure;
                }
            }
        }
    }
}

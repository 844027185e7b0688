package io.millrace.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The TCP ports of one broker on 127.0.0.1. */
record KafkaPorts(int open, int secured, int controller) {
    /** This port, which is free, and two more. */
    static KafkaPorts with(int open) throws IOException {
        // All held at once, so that they differ.
        try (ServerSocket first = new ServerSocket(open, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket third = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new KafkaPorts(first.getLocalPort(), second.getLocalPort(), third.getLocalPort());
        }
    }
}

package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The life of a server in its folder: stopped, killed, started again, closed. */
abstract class EmbeddedServer implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private final Launch launch;
    private boolean closed;

    EmbeddedServer(Launch launch) {
        this.launch = launch;
    }

    /** The server's folder, which holds its log. */
    public Path folder() {
        return launch.folder().path();
    }

    /** The server's process id, or empty while it is stopped. */
    public OptionalLong pid() {
        return launch.program().pid();
    }

    /** Stops the server in order, dropping all connections; {@link #start} brings it back. */
    public synchronized void stop() {
        launch.program().stop();
    }

    /** Ends the server as a crash does. */
    public synchronized void kill() {
        launch.program().kill();
    }

    /** Starts a stopped or killed server again, on the same ports and data; a running one is left alone. */
    public synchronized void start() {
        if (closed) {
            throw new SandboxException("The embedded " + launch.title() + " in " + folder() + " is closed for good.");
        }
        if (pid().isEmpty()) {
            try {
                launch.program().start();
            } catch (IOException failure) {
                throw new SandboxException(
                        "Could not start " + launch.title() + " in " + folder() + ": " + failure, failure);
            }
        }
    }

    /** Stops and starts the server on the same ports and data. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Stops the server and deletes a temporary folder; a kept server only loses its owner. May be called twice. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (launch.watchdog().isPresent()) {
                stop();
                launch.watchdog().get().dismiss();
            }
            launch.folder().close();
        } catch (IOException failure) {
            throw new SandboxException("Could not delete " + folder() + ": " + failure, failure);
        }
    }
}

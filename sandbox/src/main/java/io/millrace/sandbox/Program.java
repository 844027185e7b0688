package io.millrace.sandbox;

import java.io.IOException;
import java.util.OptionalLong;

/** A server's program applied to one folder. Not thread-safe. */
interface Program {
    /** The live server's process id, or empty. */
    OptionalLong pid();

    /** Starts the server and returns when it answers. */
    void start() throws IOException;

    /** Lets the server end in order, if one runs; returns when it has ended. */
    void stop();

    /** Ends the server as a crash does, if one runs. */
    void kill();
}

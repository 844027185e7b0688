package io.millrace.connectors.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A socket whose input is read through a {@link MessageStream}. */
final class MessageSocket extends Socket {
    private MessageStream input;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (input == null) {
            input = new MessageStream(super.getInputStream());
        }
        return input;
    }

    /** The input; null as long as nobody has asked for it. */
    synchronized MessageStream messages() {
        return input;
    }
}

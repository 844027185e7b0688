package io.millrace.connectors.files;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;

/** What ending a read from another thread means. */
final class Stopped {
    private Stopped() {}

    static MillraceException reading(String file) {
        return new MillraceException(ErrorKind.STOPPED, "reading " + file + " was stopped");
    }

    /** Closes a stream that may be null; never throws. */
    static void close(InputStream stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException onlyRead) {
            // Nothing can be lost.
        }
    }
}

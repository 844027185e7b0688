package io.millrace.connectors.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLState;

/**
 * The rows of one COPY in binary format, message by message: {@link #bytes} holds those at hand from {@link #from} to
 * {@link #to}, until {@link #next} is called again. One thread.
 */
final class CopyRows {
    private final CopyOut copy;
    /** Null where the driver takes the messages apart. */
    private final MessageStream messages;

    private byte[] bytes;
    private int from;
    private int to;

    CopyRows(CopyOut copy, Optional<MessageStream> messages) {
        this.copy = copy;
        this.messages = messages.orElse(null);
    }

    /** Goes on to the next message; false behind the last one, when the COPY has ended well. */
    boolean next() throws SQLException {
        if (messages != null && nextPastDriver()) {
            bytes = messages.rows();
            from = messages.rowsStart();
            to = messages.rowsEnd();
            return true;
        }
        byte[] message = copy.readFromCopy();
        if (message == null) {
            return false;
        }
        bytes = message;
        from = 0;
        to = message.length;
        return true;
    }

    private boolean nextPastDriver() throws SQLException {
        try {
            return messages.nextRows();
        } catch (IOException failure) {
            throw new SQLException(
                    "the connection failed while rows were read: " + failure.getMessage(),
                    PSQLState.CONNECTION_FAILURE.getState(),
                    failure);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }
}

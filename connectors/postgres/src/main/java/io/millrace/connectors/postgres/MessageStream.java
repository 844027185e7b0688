package io.millrace.connectors.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the server sends, on its way to the driver: in large pieces from the network, and never more than one message of the
 * protocol at a time to the driver. So the driver holds nothing back between two messages, and those that bring rows of a
 * COPY can be taken past it: it would make an array for each row. Encrypted bytes pass through as they are.
 *
 * <p>One thread at a time, as with the driver's own use of it.
 */
final class MessageStream extends InputStream {
    /** Room for many rows, and small enough for a processor's cache. */
    private static final int USUAL_BYTES = 64 << 10;
    /** A larger buffer, which a large row has needed, is not kept. */
    private static final int MOST_KEPT_BYTES = 1 << 20;
    /** A message's type and length. */
    private static final int HEADER = 5;

    private static final int COPY_DATA = 'd';

    private enum Content {
        /** Whether there will be messages is not known yet. */
        NEGOTIATION,
        MESSAGES,
        OPAQUE
    }

    private final InputStream network;
    private byte[] buffer = new byte[USUAL_BYTES];
    private int position;
    private int limit;
    private Content content = Content.NEGOTIATION;
    /** What the driver has not taken yet of the message under way. */
    private int left;
    /** The rows handed out last. */
    private int rowsStart;

    private int rowsEnd;

    MessageStream(InputStream network) {
        this.network = network;
    }

    /**
     * Takes rows past the driver, which must have begun a COPY and taken all messages so far.
     *
     * @return false where the next message is another one, for the driver, or where messages cannot be told apart
     */
    boolean nextRows() throws IOException {
        if (left > 0 || content != Content.MESSAGES) {
            return false;
        }
        require(HEADER);
        if (buffer[position] != COPY_DATA) {
            return false;
        }
        int size = messageSize();
        require(size);
        rowsStart = position + HEADER;
        rowsEnd = position + size;
        position = rowsEnd;
        return true;
    }

    /** Holds the rows that {@link #nextRows} has found, until its next call. */
    byte[] rows() {
        return buffer;
    }

    int rowsStart() {
        return rowsStart;
    }

    int rowsEnd() {
        return rowsEnd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill(1)) {
            return -1;
        }
        int count = Math.min(Math.min(length, limit - position), offered());
        System.arraycopy(buffer, position, target, from, count);
        position += count;
        left -= content == Content.MESSAGES ? count : 0;
        return count;
    }

    /** How many of the bytes to come may be handed out together. */
    private int offered() throws IOException {
        if (content == Content.NEGOTIATION) {
            switch (buffer[position]) {
                    // Encryption is refused, in one byte: the driver asks for something else, or goes on without.
                case 'N' -> {
                    return 1;
                }
                    // A request for authentication, for another version of the protocol, or an error.
                case 'R', 'v', 'E' -> content = Content.MESSAGES;
                default -> content = Content.OPAQUE;
            }
        }
        if (content == Content.OPAQUE) {
            return Integer.MAX_VALUE;
        }
        if (left == 0) {
            require(HEADER);
            left = messageSize();
        }
        return left;
    }

    private int messageSize() throws IOException {
        int length = BigEndian.intAt(buffer, position + 1);
        if (length < HEADER - 1 || length == Integer.MAX_VALUE) {
            throw new IOException("the server's message '" + (char) buffer[position] + "' has a length of " + length);
        }
        return length + 1;
    }

    private void require(int bytes) throws IOException {
        if (!fill(bytes)) {
            throw new EOFException("the server has closed the connection");
        }
    }

    /** Reads until so many bytes are there; false where the stream ends before. After an exception it can be called again. */
    private boolean fill(int bytes) throws IOException {
        if (limit - position >= bytes) {
            return true;
        }
        makeRoom(bytes);
        while (limit < bytes) {
            int count = network.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                return false;
            }
            limit += count;
        }
        return true;
    }

    /** Moves what is there to the beginning of a buffer for so many bytes. */
    private void makeRoom(int bytes) {
        int kept = limit - position;
        byte[] target = buffer;
        if (bytes > buffer.length) {
            target = new byte[Math.max(bytes, Math.min(2 * buffer.length, MOST_KEPT_BYTES))];
        } else if (buffer.length > MOST_KEPT_BYTES && bytes <= USUAL_BYTES && kept <= USUAL_BYTES) {
            target = new byte[USUAL_BYTES];
        }
        System.arraycopy(buffer, position, target, 0, kept);
        buffer = target;
        position = 0;
        limit = kept;
    }

    @Override
    public int available() throws IOException {
        return position < limit ? limit - position : network.available();
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}

package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageStreamTest {
    private static final int AUTHENTICATION = 'R';

    /** Gives what it has in pieces of any size, and times out now and then; goes on when asked again. */
    private static final class Network extends InputStream {
        private final byte[] bytes;
        private final Random random;
        private int position;

        Network(byte[] bytes, Random random) {
            this.bytes = bytes;
            this.random = random;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (position == bytes.length) {
                return -1;
            }
            if (random.nextInt(10) == 0) {
                throw new SocketTimeoutException("nothing yet");
            }
            int most = random.nextInt(5) == 0 ? 3 : 40_000;
            int count = Math.min(Math.min(length, bytes.length - position), 1 + random.nextInt(most));
            System.arraycopy(bytes, position, target, from, count);
            position += count;
            return count;
        }
    }

    private interface Attempt<T> {
        T make() throws IOException;
    }

    private static <T> T patiently(Attempt<T> attempt) throws IOException {
        while (true) {
            try {
                return attempt.make();
            } catch (SocketTimeoutException again) {
                // As a reader would that has been told to wait for ever.
            }
        }
    }

    private static void message(DataOutputStream out, int type, byte[] content) throws IOException {
        out.write(type);
        out.writeInt(content.length + Integer.BYTES);
        out.write(content);
    }

    private static byte[] content(Random random, int most) {
        byte[] content = new byte[random.nextInt(most + 1)];
        random.nextBytes(content);
        return content;
    }

    /** Reads a message as the driver does, which asks for more than there is in it. */
    private static byte[] asDriver(MessageStream stream, Random random) throws IOException {
        byte[] taken = new byte[0];
        int size = 5;
        while (taken.length < size) {
            byte[] piece = new byte[1 + random.nextInt(8192)];
            int count = patiently(() -> stream.read(piece, 0, piece.length));
            assertThat(count).isPositive();
            int before = taken.length;
            taken = Arrays.copyOf(taken, before + count);
            System.arraycopy(piece, 0, taken, before, count);
            size = taken.length < 5 ? 5 : 1 + BigEndian.intAt(taken, 1);
        }
        assertThat(taken).hasSize(size);
        return Arrays.copyOfRange(taken, 5, size);
    }

    @Test
    void handsOutRowsAndLeavesTheOtherMessagesToTheDriver() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            boolean encryptionRefused = random.nextBoolean();
            if (encryptionRefused) {
                out.write('N');
            }
            message(out, AUTHENTICATION, content(random, 40));
            int count = random.nextInt(60);
            byte[][] contents = new byte[count][];
            boolean[] rows = new boolean[count];
            for (int i = 0; i < count; i++) {
                rows[i] = random.nextInt(4) > 0;
                contents[i] =
                        content(random, random.nextInt(12) == 0 ? 1_500_000 : random.nextInt(4) == 0 ? 70_000 : 300);
                message(out, rows[i] ? 'd' : 'S', contents[i]);
            }
            MessageStream stream = new MessageStream(new Network(bytes.toByteArray(), random));
            if (encryptionRefused) {
                byte[] answer = new byte[100];
                assertThat(patiently(() -> stream.read(answer, 0, 100))).isEqualTo(1);
                assertThat(answer[0]).isEqualTo((byte) 'N');
            }
            asDriver(stream, random);
            for (int i = 0; i < count; i++) {
                boolean past = random.nextInt(8) > 0 && patiently(stream::nextRows);
                if (past) {
                    assertThat(rows[i]).as("seed %s", seed).isTrue();
                }
                byte[] content = past
                        ? Arrays.copyOfRange(stream.rows(), stream.rowsStart(), stream.rowsEnd())
                        : asDriver(stream, random);
                assertThat(Arrays.equals(content, contents[i]))
                        .as("seed %s", seed)
                        .isTrue();
            }
            int end = patiently(stream::read);
            assertThat(end).as("seed %s", seed).isEqualTo(-1);
        }
    }

    @Test
    void passesEncryptedBytesOn() throws IOException {
        Random random = new Random(7);
        byte[] sent = content(random, 200_000);
        sent[0] = 'S';
        MessageStream stream = new MessageStream(new Network(sent, random));
        byte[] seen = new byte[sent.length];
        for (int at = 0; at < seen.length; ) {
            int from = at;
            at += patiently(() -> stream.read(seen, from, seen.length - from));
            assertThat(stream.nextRows()).isFalse();
        }
        assertThat(seen).isEqualTo(sent);
    }

    @Test
    void saysThatTheConnectionEndsWithinARow() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        message(out, AUTHENTICATION, new byte[4]);
        out.write('d');
        out.writeInt(100);
        Random random = new Random(3);
        MessageStream stream = new MessageStream(new Network(bytes.toByteArray(), random));
        asDriver(stream, random);
        assertThatThrownBy(() -> patiently(stream::nextRows))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("closed the connection");
    }

    @Test
    void refusesALengthThatNoMessageHas() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        message(out, AUTHENTICATION, new byte[4]);
        out.write('d');
        out.writeInt(-1);
        Random random = new Random(3);
        MessageStream stream = new MessageStream(new Network(bytes.toByteArray(), random));
        asDriver(stream, random);
        assertThatThrownBy(() -> patiently(stream::nextRows)).hasMessageContaining("length of -1");
    }
}

package io.millrace.core.transform.deduplicate;

import io.millrace.api.Claims;
import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.key.KeyKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A file of claimed keys, big-endian: magic, version, kind, whether null is claimed, seed (24 bytes), then the keys of 8 or
 * 16 bytes in no order. The number of keys and the checksum of the whole file are in the {@link Claims} record, which the
 * run's ledger keeps, so that a file cut short cannot pass.
 */
final class ClaimFile {
    private static final long MAGIC = 0x4d524c434c41494dL; // MRLCLAIM
    private static final int VERSION = 1;
    private static final int HEADER = 24;
    private static final int BUFFER = 1 << 18;

    private ClaimFile() {}

    /** Takes the keys of a file. */
    interface Reader extends Segment.KeySink {
        /** The null of a single long key. */
        void nullKey();
    }

    static Claims write(
            Path folder, String name, KeyKind kind, long seed, boolean holdsNull, Consumer<Segment.KeySink> keys) {
        Path file = folder.resolve(name);
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            DurableFiles.createDirectories(file.toAbsolutePath().getParent());
            Claims claims;
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                Output output = new Output(channel, kind);
                output.header(kind, holdsNull, seed);
                keys.accept(output);
                output.flush();
                channel.force(true);
                claims = new Claims(name, output.entries + (holdsNull ? 1 : 0), output.checksum());
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.syncDirectory(file.toAbsolutePath().getParent());
            return claims;
        } catch (IOException failed) {
            throw cannotWrite(file, failed);
        } catch (UncheckedIOException failed) {
            throw cannotWrite(file, failed.getCause());
        }
    }

    private static MillraceException cannotWrite(Path file, IOException failed) {
        return MillraceException.unavailable("deduplicate: cannot write claims file " + file + ": " + failed, failed);
    }

    private static final class Output implements Segment.KeySink {
        private final FileChannel channel;
        private final boolean two;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private final CRC32C checksum = new CRC32C();
        private long entries;

        Output(FileChannel channel, KeyKind kind) {
            this.channel = channel;
            this.two = kind.longs() == 2;
        }

        void header(KeyKind kind, boolean holdsNull, long seed) {
            buffer.putLong(MAGIC);
            buffer.putInt(VERSION);
            buffer.putShort((short) kind.longs());
            buffer.putShort((short) (holdsNull ? 1 : 0));
            buffer.putLong(seed);
        }

        @Override
        public void accept(long first, long second) {
            if (buffer.remaining() < 16) {
                flush();
            }
            buffer.putLong(first);
            if (two) {
                buffer.putLong(second);
            }
            entries++;
        }

        void flush() {
            buffer.flip();
            checksum.update(buffer.duplicate());
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            buffer.clear();
        }

        String checksum() {
            return text(checksum);
        }
    }

    private static String text(CRC32C checksum) {
        return String.format("crc32c:%08x", checksum.getValue());
    }

    /** Checks the whole file before the first key is handed over. STALE where it is not the one that was recorded. */
    static void read(Path file, Claims claims, KeyKind kind, long seed, Reader reader) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            CRC32C checksum = new CRC32C();
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                checksum.update(buffer);
                buffer.clear();
            }
            if (!text(checksum).equals(claims.checksum())) {
                throw stale(file, "is damaged (its checksum is not the recorded one)");
            }
            channel.position(0);
            readChecked(channel, buffer, file, claims, kind, seed, reader);
        } catch (NoSuchFileException missing) {
            throw stale(file, "is missing");
        } catch (EOFException shorter) {
            throw stale(file, "is too short");
        } catch (IOException failed) {
            throw MillraceException.unavailable("deduplicate: cannot read claims file " + file + ": " + failed, failed);
        }
    }

    private static void readChecked(
            FileChannel channel, ByteBuffer buffer, Path file, Claims claims, KeyKind kind, long seed, Reader reader)
            throws IOException {
        buffer.clear().flip();
        require(channel, buffer, HEADER);
        if (buffer.getLong() != MAGIC || buffer.getInt() != VERSION) {
            throw stale(file, "was written by another version of Millrace");
        }
        boolean sameKind = buffer.getShort() == kind.longs();
        boolean holdsNull = buffer.getShort() != 0;
        if (!sameKind || buffer.getLong() != seed) {
            throw stale(file, "belongs to another run or key");
        }
        long keys = claims.entries() - (holdsNull ? 1 : 0);
        if (keys < 0 || channel.size() != HEADER + keys * 8L * kind.longs()) {
            throw stale(file, "does not hold the recorded " + claims.entries() + " keys");
        }
        for (long i = 0; i < keys; i++) {
            require(channel, buffer, 8 * kind.longs());
            reader.accept(buffer.getLong(), kind.longs() == 2 ? buffer.getLong() : 0);
        }
        if (holdsNull) {
            reader.nullKey();
        }
    }

    private static void require(FileChannel channel, ByteBuffer buffer, int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return;
        }
        buffer.compact();
        while (buffer.position() < bytes) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        buffer.flip();
    }

    private static MillraceException stale(Path file, String problem) {
        return new MillraceException(
                ErrorKind.STALE,
                "deduplicate: claims file " + file + " " + problem
                        + ", so that duplicates of finished pieces could not be recognised; start the run anew with"
                        + " --restart");
    }
}

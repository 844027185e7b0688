package io.millrace.core.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A piece's partial rows, as the ledger names them: a file of encoded batches, each of one bucket, all little-endian. It
 * begins with magic and version (12 bytes), then come the batches, then an index of them (24 bytes each). The checksum of
 * the index is here and those of the batches are in it, so that neither a cut nor a damaged file can pass.
 *
 * @param name relative to the run's folder of exchanges
 * @param blocks how many batches
 * @param checksum CRC32C of the index
 */
record ExchangeFile(String name, long size, int blocks, int checksum) {
    static final long MAGIC = 0x4d524c5845434847L; // MRLXECHG
    static final int VERSION = 1;
    static final int HEADER = 12;

    private static final String STAGED_AS = "exchange";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One encoded batch.
     *
     * @param checksum CRC32C of its bytes
     */
    record Block(int bucket, long offset, int length, int rows, int checksum) {
        static final int BYTES = 24;
    }

    Staged toStaged(long loaded) {
        try {
            return new Staged(STAGED_AS, VERSION, JSON.writeValueAsString(this), loaded);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ExchangeFile of(Staged staged) {
        if (!staged.connector().equals(STAGED_AS) || staged.version() != VERSION) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "a piece was exchanged in format " + staged.version() + " of " + staged.connector()
                            + "; this version reads " + VERSION);
        }
        try {
            return JSON.readValue(staged.payload(), ExchangeFile.class);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("the ledger holds damaged JSON: " + damaged.getOriginalMessage(), damaged);
        }
    }

    static ByteBuffer encode(List<Block> blocks) {
        ByteBuffer index = ByteBuffer.allocate(Math.multiplyExact(blocks.size(), Block.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Block block : blocks) {
            index.putInt(block.bucket)
                    .putLong(block.offset)
                    .putInt(block.length)
                    .putInt(block.rows)
                    .putInt(block.checksum);
        }
        return index.flip();
    }

    static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        return (int) checksum.getValue();
    }

    /** The batches, in the order of the file; STALE where it is not the file that was written. */
    List<Block> index(FileChannel channel, Path file) throws IOException {
        int length = Math.multiplyExact(blocks, Block.BYTES);
        ByteBuffer index = read(channel, size - length, length, checksum, file);
        List<Block> found = new ArrayList<>(blocks);
        while (index.hasRemaining()) {
            found.add(new Block(index.getInt(), index.getLong(), index.getInt(), index.getInt(), index.getInt()));
        }
        return found;
    }

    /** Bytes of the file, checked; STALE where they are not what was written. */
    static ByteBuffer read(FileChannel channel, long offset, int length, int checksum, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
            // Once is mostly enough.
        }
        if (bytes.hasRemaining() || checksum(bytes.flip()) != checksum) {
            throw stale(file, "is damaged");
        }
        return bytes;
    }

    static MillraceException stale(Path file, String what) {
        return new MillraceException(ErrorKind.STALE, "the exchange file " + file + " " + what);
    }
}

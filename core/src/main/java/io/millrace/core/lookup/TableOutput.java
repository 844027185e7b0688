package io.millrace.core.lookup;

import io.millrace.api.data.Batch;
import io.millrace.core.exchange.BatchEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Writes a file of batches, little-endian: magic and version, then each encoded batch behind its length. One thread. */
final class TableOutput {
    static final long MAGIC = 0x4d524c5441424c45L; // MRLTABLE
    static final int VERSION = 1;
    static final int HEADER = 12;

    private final FileChannel channel;
    private final BatchEncoder encoder = new BatchEncoder();
    private final CRC32C checksum = new CRC32C();

    TableOutput(FileChannel channel) throws IOException {
        this.channel = channel;
        put(bytes(HEADER).putLong(MAGIC).putInt(VERSION).flip());
    }

    void write(Batch batch) throws IOException {
        ByteBuffer encoded = encoder.encode(batch);
        put(bytes(4).putInt(encoded.remaining()).flip());
        put(encoded);
    }

    /** Forces the file to the disk; returns the checksum of all of it. */
    String finish() throws IOException {
        channel.force(true);
        return text(checksum);
    }

    static String text(CRC32C checksum) {
        return String.format("crc32c:%08x", checksum.getValue());
    }

    static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void put(ByteBuffer bytes) throws IOException {
        checksum.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

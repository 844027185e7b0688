package io.millrace.formats.parquet;

import java.io.IOException;
import java.util.zip.CRC32C;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A sink as Parquet's writer wants it; keeps position and checksum of what is written. One thread. */
final class SinkOutput extends PositionOutputStream implements OutputFile {
    private final ByteSink sink;
    private final CRC32C checksum = new CRC32C();
    private long position;

    SinkOutput(ByteSink sink) {
        this.sink = sink;
    }

    /** The CRC32C of all bytes so far. */
    long checksum() {
        return checksum.getValue();
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        checksum.update(source, from, length);
        position += length;
        sink.write(source, from, length);
    }

    /** Does nothing: Parquet's writer closes its stream at the end of the file, before the sink is complete. */
    @Override
    public void close() {}

    @Override
    public PositionOutputStream create(long blockSize) {
        return this;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
        return this;
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    @Override
    public String getPath() {
        return sink.name();
    }
}

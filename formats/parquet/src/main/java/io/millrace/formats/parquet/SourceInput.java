package io.millrace.formats.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A {@link ByteSource} as Parquet wants it. Small reads are served from a block, so that headers cost no call each. */
final class SourceInput implements InputFile {
    private static final int BLOCK = 64 << 10;
    private static final int SMALL = 16 << 10;

    private final ByteSource source;

    SourceInput(ByteSource source) {
        this.source = source;
    }

    @Override
    public long getLength() {
        return source.size();
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream();
    }

    /** Parquet's messages name their file so. */
    @Override
    public String toString() {
        return source.name();
    }

    private final class Stream extends SeekableInputStream {
        private long position;
        private byte[] block = new byte[0];
        private long blockStart;
        private int blockSize;

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) {
            position = newPosition;
        }

        @Override
        public int read() throws IOException {
            if (position >= source.size()) {
                return -1;
            }
            byte[] one = new byte[1];
            readFully(one);
            return one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int available = (int) Math.min(length, source.size() - position);
            if (available <= 0) {
                return length == 0 ? 0 : -1;
            }
            readFully(target, from, available);
            return available;
        }

        @Override
        public void readFully(byte[] target) throws IOException {
            readFully(target, 0, target.length);
        }

        @Override
        public void readFully(byte[] target, int from, int length) throws IOException {
            if (length > source.size() - position) {
                throw new EOFException("the file ends at byte " + source.size() + ", before what it says it holds");
            }
            if (length > SMALL) {
                source.read(position, target, from, length);
            } else {
                if (position < blockStart || position + length > blockStart + blockSize) {
                    load();
                }
                System.arraycopy(block, (int) (position - blockStart), target, from, length);
            }
            position += length;
        }

        /** Near the end of a file is its footer, which is read backwards: then the block is the file's last. */
        private void load() throws IOException {
            long start = Math.max(0, Math.min(position, source.size() - BLOCK));
            blockSize = (int) Math.min(BLOCK, source.size() - start);
            if (block.length < blockSize) {
                block = new byte[blockSize];
            }
            source.read(start, block, 0, blockSize);
            blockStart = start;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int available = (int) Math.min(target.remaining(), source.size() - position);
            if (available <= 0) {
                return target.hasRemaining() ? -1 : 0;
            }
            byte[] bytes = new byte[available];
            readFully(bytes);
            target.put(bytes);
            return available;
        }

        @Override
        public void readFully(ByteBuffer target) throws IOException {
            int length = target.remaining();
            if (target.hasArray()) {
                readFully(target.array(), target.arrayOffset() + target.position(), length);
                target.position(target.limit());
            } else {
                byte[] bytes = new byte[length];
                readFully(bytes);
                target.put(bytes);
            }
        }
    }
}

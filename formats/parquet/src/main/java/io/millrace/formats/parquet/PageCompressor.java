package io.millrace.formats.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages by calling the codec's own library. What {@link #compress} returns is valid until the next call; the
 * page store copies it at once. One thread.
 */
abstract class PageCompressor implements BytesInputCompressor {
    private final CompressionCodecName codec;
    private final ReusedBytes input = new ReusedBytes();
    private final ReusedBytes output = new ReusedBytes();

    private PageCompressor(CompressionCodecName codec) {
        this.codec = codec;
    }

    static PageCompressor of(ParquetCompression compression, int level) {
        return switch (compression) {
            case ZSTD -> new ZstdPages(level);
            case SNAPPY -> new SnappyPages();
            case GZIP -> new GzipPages(level);
            case NONE -> new PlainPages();
        };
    }

    /** Compresses the first {@code size} bytes into {@code target}, and returns how many bytes it wrote there. */
    abstract int compress(byte[] source, int size, ReusedBytes target) throws IOException;

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        input.fill(bytes);
        output.clear();
        int size = compress(input.array(), input.size(), output);
        return BytesInput.from(output.array(), 0, size);
    }

    @Override
    public CompressionCodecName getCodecName() {
        return codec;
    }

    @Override
    public void release() {}

    private static final class ZstdPages extends PageCompressor {
        private final ZstdCompressCtx context = new ZstdCompressCtx();

        ZstdPages(int level) {
            super(CompressionCodecName.ZSTD);
            context.setLevel(level);
        }

        @Override
        int compress(byte[] source, int size, ReusedBytes target) {
            int bound = Math.toIntExact(Zstd.compressBound(size));
            return context.compressByteArray(target.reserve(bound), 0, bound, source, 0, size);
        }

        @Override
        public void release() {
            context.close();
        }
    }

    private static final class SnappyPages extends PageCompressor {
        SnappyPages() {
            super(CompressionCodecName.SNAPPY);
        }

        @Override
        int compress(byte[] source, int size, ReusedBytes target) throws IOException {
            return Snappy.compress(source, 0, size, target.reserve(Snappy.maxCompressedLength(size)), 0);
        }
    }

    /** RFC 1952 by hand: the JDK's stream would make a new deflater for every page. */
    private static final class GzipPages extends PageCompressor {
        private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

        private final Deflater deflater;
        private final CRC32 checksum = new CRC32();
        private final byte[] chunk = new byte[1 << 14];

        GzipPages(int level) {
            super(CompressionCodecName.GZIP);
            this.deflater = new Deflater(level, true);
        }

        @Override
        int compress(byte[] source, int size, ReusedBytes target) {
            target.write(HEADER, 0, HEADER.length);
            deflater.reset();
            deflater.setInput(source, 0, size);
            deflater.finish();
            while (!deflater.finished()) {
                target.write(chunk, 0, deflater.deflate(chunk));
            }
            checksum.reset();
            checksum.update(source, 0, size);
            writeLittleEndian(target, (int) checksum.getValue());
            writeLittleEndian(target, size);
            return target.size();
        }

        private static void writeLittleEndian(ReusedBytes target, int value) {
            for (int shift = 0; shift < 32; shift += 8) {
                target.write(value >>> shift);
            }
        }

        @Override
        public void release() {
            deflater.end();
        }
    }

    private static final class PlainPages extends PageCompressor {
        PlainPages() {
            super(CompressionCodecName.UNCOMPRESSED);
        }

        @Override
        public BytesInput compress(BytesInput bytes) {
            return bytes;
        }

        @Override
        int compress(byte[] source, int size, ReusedBytes target) {
            throw new UnsupportedOperationException("uncompressed pages are passed on as they are");
        }
    }
}

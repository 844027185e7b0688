package io.millrace.formats.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Decompresses pages by calling each codec's own library, where Parquet would ask Hadoop. Keeps nothing. */
final class PageDecompressors implements CompressionCodecFactory {
    private interface Codec {
        void decompress(byte[] source, byte[] target) throws IOException;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return new Decompressor(
                switch (name) {
                    case UNCOMPRESSED -> null;
                    case ZSTD -> PageDecompressors::zstd;
                    case SNAPPY -> PageDecompressors::snappy;
                    case GZIP -> PageDecompressors::gzip;
                    case LZO, BROTLI, LZ4, LZ4_RAW -> throw new UnsupportedOperationException(
                            "its pages are compressed by " + name + ", which cannot be read here");
                });
    }

    private static void zstd(byte[] source, byte[] target) throws IOException {
        long size = Zstd.decompressByteArray(target, 0, target.length, source, 0, source.length);
        check(!Zstd.isError(size) && size == target.length);
    }

    private static void snappy(byte[] source, byte[] target) throws IOException {
        check(Snappy.uncompressedLength(source) == target.length);
        Snappy.uncompress(source, 0, source.length, target, 0);
    }

    private static void gzip(byte[] source, byte[] target) throws IOException {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(source))) {
            check(stream.readNBytes(target, 0, target.length) == target.length && stream.read() < 0);
        }
    }

    private static void check(boolean sound) throws IOException {
        if (!sound) {
            throw new IOException("a page does not decompress to the size it names");
        }
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("this factory reads");
    }

    @Override
    public void release() {}

    /** @param codec null where pages are stored as they are */
    private record Decompressor(Codec codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            if (codec == null) {
                return bytes;
            }
            byte[] target = new byte[size];
            // Some writers leave a page without values empty, also where its codec would make it longer.
            if (size > 0 || bytes.size() > 1) {
                ByteArrayOutputStream source = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
                bytes.writeAllTo(source);
                codec.decompress(source.toByteArray(), target);
            }
            return BytesInput.from(target);
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] source = new byte[compressedSize];
            input.get(source);
            if (codec == null) {
                output.put(source);
                return;
            }
            byte[] target = new byte[size];
            if (size > 0 || compressedSize > 1) {
                codec.decompress(source, target);
            }
            output.put(target);
        }

        @Override
        public void release() {}
    }
}

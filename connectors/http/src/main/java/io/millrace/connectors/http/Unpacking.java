package io.millrace.connectors.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Bodies that come packed. */
final class Unpacking {
    private Unpacking() {}

    /** The unpacked body; {@link BoundedBody.TooLong} where it is longer than the limit. */
    static byte[] unpack(HttpHeaders headers, byte[] body, long limit) throws IOException {
        List<String> encodings = headers.allValues("content-encoding");
        String encoding = encodings.isEmpty() ? "identity" : String.join(",", encodings);
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> body;
            case "gzip", "x-gzip" -> gunzip(body, limit);
            default -> throw new IOException("the content encoding '" + encoding + "' was not asked for");
        };
    }

    private static byte[] gunzip(byte[] packed, long limit) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 8_192)) {
            ByteArrayOutputStream unpacked = new ByteArrayOutputStream(Math.min(packed.length * 4, 1 << 20));
            byte[] buffer = new byte[8_192];
            for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
                unpacked.write(buffer, 0, size);
                if (unpacked.size() > limit) {
                    throw new BoundedBody.TooLong();
                }
            }
            return unpacked.toByteArray();
        }
    }
}

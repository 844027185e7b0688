package io.millrace.core.learned;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Fit files as bytes: one JSON object, whose last key is the SHA-256 of all bytes before it, so that a file which was cut off
 * or edited is noticed. The same content has the same bytes on every machine.
 */
public final class FitFileFormat {
    static final int VERSION = 1;
    static final String VERSION_KEY = "millrace_fit";
    private static final String CHECKSUM = ",\n  \"checksum\" : \"";
    private static final String END = "\"\n}\n";

    private FitFileFormat() {}

    public static byte[] write(FitFile file) {
        try {
            String body = FitFileWriter.json(file);
            // Everything but the brace that ends the object.
            String open = body.substring(0, body.lastIndexOf('}')).stripTrailing();
            return (open + CHECKSUM + sha256(open) + END).getBytes(StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param name for messages
     * @throws MillraceException a user error where it is something else, or has been changed since
     */
    public static FitFile read(byte[] bytes, String name) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !text.startsWith(sha256(text.substring(0, end)) + END, end + CHECKSUM.length())) {
            throw refused(name, end < 0 ? "has no checksum at its end" : "has been changed since it was learned");
        }
        try {
            return FitFileReader.read(text, name);
        } catch (IOException | IllegalArgumentException notOurs) {
            throw refused(name, "cannot be read (" + notOurs.getMessage() + ")");
        }
    }

    static void requireVersion(JsonNode version, String name) {
        if (version.asInt() != VERSION) {
            throw refused(name, "has the version " + version + ", and this Millrace reads version " + VERSION);
        }
    }

    private static MillraceException refused(String name, String why) {
        return MillraceException.user(
                "the fit file " + name + " " + why + "; learn it again:  millrace fit FILE --refit");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Remembers pages, by digests, so that an API that leads back to one of them is found out whatever the circle's length. */
final class SeenPages {
    private final Set<UUID> seen = new HashSet<>();

    /** Remembers a page that was read. */
    void add(String page) {
        seen.add(digest(page.getBytes(StandardCharsets.UTF_8)));
    }

    /** Refuses a page that has been read. */
    void check(String page, String shown) throws Failed {
        if (seen.contains(digest(page.getBytes(StandardCharsets.UTF_8)))) {
            throw Failed.finallyWith(
                    ErrorKind.DENIED,
                    "the API leads in a circle: the next page, " + shown
                            + ", has been read already; check what pagination says, and what the API promises while"
                            + " records change");
        }
    }

    /** 128 bits of SHA-256. */
    static UUID digest(byte[] bytes) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

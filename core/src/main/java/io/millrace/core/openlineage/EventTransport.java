package io.millrace.core.openlineage;

import io.millrace.api.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where events go. One thread. */
interface EventTransport {
    /** Hands an event over; an IOException says why it did not arrive. */
    void send(String event) throws IOException, InterruptedException;

    /** For messages. */
    String describe();

    /**
     * The transport to an address: a URL of a server that takes OpenLineage events, or a file.
     *
     * @param key that the server asks for
     */
    static EventTransport to(String address, Optional<String> key) {
        if (!address.matches("(?i)https?://.*")) {
            return new FileTransport(Path.of(address));
        }
        URI uri = uri(address);
        boolean server = uri.getRawPath() == null || uri.getRawPath().length() <= 1;
        return new HttpTransport(server ? uri.resolve("/api/v1/lineage") : uri, key);
    }

    private static URI uri(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException bad) {
            throw MillraceException.user(
                    "--lineage: the address is not a URL; write http://host:5000 or the name of a file");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw MillraceException.user("--lineage: the address names a host and holds neither user nor password;"
                    + " a key goes into the variable OPENLINEAGE_API_KEY");
        }
        return uri;
    }
}

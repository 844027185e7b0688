package io.millrace.connectors.postgres;

import io.millrace.api.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The parts of {@code postgresql://host:port/database?sslmode=…&sslrootcert=…}. It never holds a secret. */
record ServerUrl(String host, int port, String database, Optional<SslMode> sslmode, Optional<String> rootCertificate) {
    static final int DEFAULT_PORT = 5432;

    /** Reads the written form; InvalidSetting of {@code url} where it is not one or holds a user or a password. */
    static ServerUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException bad) {
            // The parser's message quotes the text, which may hold a password.
            throw refused("cannot be read as a URL; write postgresql://host:5432/database");
        }
        if (uri.getScheme() == null || !uri.getScheme().matches("postgres(ql)?")) {
            throw refused("must begin with postgresql://, as in postgresql://host:5432/database");
        }
        if (uri.getRawUserInfo() != null) {
            throw refused("must not hold a user or a password; write them under the keys user and password");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        if (uri.getHost() == null) {
            throw refused("must name one host, as in postgresql://host:5432/database");
        }
        if (path.length() < 2) {
            throw refused("must name the database behind the host, as in postgresql://host:5432/database");
        }
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return withParameters(new ServerUrl(host, port, path.substring(1), Optional.empty(), Optional.empty()), uri);
    }

    private static ServerUrl withParameters(ServerUrl plain, URI uri) {
        Optional<SslMode> sslmode = Optional.empty();
        Optional<String> rootCertificate = Optional.empty();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] pair = parameter.split("=", 2);
            String value = pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
            switch (pair[0]) {
                case "sslmode" -> sslmode = Optional.of(mode(value));
                case "sslrootcert" -> rootCertificate = Optional.of(value);
                default -> throw refused("has the parameter '" + pair[0]
                        + "', which is not known here; sslmode and sslrootcert are, others go under properties");
            }
        }
        return new ServerUrl(plain.host, plain.port, plain.database, sslmode, rootCertificate);
    }

    private static SslMode mode(String value) {
        try {
            return SslMode.parse(value);
        } catch (IllegalArgumentException unknown) {
            throw refused("has sslmode=" + value
                    + "; the modes are disable, allow, prefer, require, verify-ca and verify-full");
        }
    }

    private static InvalidSetting refused(String problem) {
        return new InvalidSetting("url", problem);
    }
}

package io.millrace.connectors.redis;

import io.millrace.api.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;

/** The parts of {@code redis://host:port/database}, or {@code rediss://} for TLS. It never holds a secret. */
record ServerUrl(boolean encrypted, String host, int port, int database) {
    private static final int DEFAULT_PORT = 6379;
    private static final String EXAMPLE = "redis://localhost:6379/0";

    /** Reads the written form; InvalidSetting of {@code url} where it is not one or holds a user or a password. */
    static ServerUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException bad) {
            // The parser's message quotes the text, which may hold a password.
            throw refused("cannot be read as a URL; write " + EXAMPLE);
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            throw refused("must begin with redis://, or rediss:// for TLS, as in " + EXAMPLE);
        }
        if (uri.getRawUserInfo() != null) {
            throw refused("must not hold a user or a password; write them under the keys user and password");
        }
        if (uri.getHost() == null) {
            throw refused("must name one host, as in " + EXAMPLE);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("must not have parameters; they go under the settings' own keys");
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw refused("has the port " + port + "; ports are 1 to 65535");
        }
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        return new ServerUrl(scheme.equals("rediss"), host, port, database(uri.getPath()));
    }

    private static int database(String path) {
        String number = path == null || path.isEmpty() ? "" : path.substring(1);
        if (!number.matches("\\d{0,5}")) {
            throw refused("has '" + number + "' behind the host, which is not a database's number; write " + EXAMPLE);
        }
        return number.isEmpty() ? 0 : Integer.parseInt(number);
    }

    private static InvalidSetting refused(String problem) {
        return new InvalidSetting("url", problem);
    }
}

package io.millrace.core.ledger;

import io.millrace.api.MillraceException;
import io.millrace.api.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The PostgreSQL database that keeps a team's ledger, and how to log in there.
 *
 * @param parameters {@code sslmode} and {@code sslrootcert}, where given
 */
public record StateServer(
        String host,
        int port,
        String database,
        Optional<String> user,
        Optional<Secret> password,
        Map<String, String> parameters) {
    private static final int DEFAULT_PORT = 5432;
    private static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert");

    public StateServer {
        parameters = Map.copyOf(parameters);
    }

    /** True where a state's place is written as a server, not as a folder. */
    public static boolean isServer(String place) {
        return place.contains("://");
    }

    /**
     * Reads {@code postgresql://user:password@host:port/database?sslmode=…}. User and password may be left to the variables
     * PGUSER and PGPASSWORD, or the password to the file that PGPASSFILE names or {@code ~/.pgpass}. A user error, which never
     * quotes the text, where it is something else.
     */
    public static StateServer parse(String text, Map<String, String> variables) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException notQuoted) {
            throw refused("cannot be read as a URL; in a user or a password, write %40 for @ and %2F for /");
        }
        if (uri.getScheme() == null || !uri.getScheme().matches("postgres(ql)?")) {
            throw refused("must be a folder, or begin with postgresql://");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        if (uri.getHost() == null || path.length() < 2) {
            throw refused("must name one host and a database, as in postgresql://host:5432/database");
        }
        String[] login = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new StateServer(
                uri.getHost().replaceAll("[\\[\\]]", ""),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                path.substring(1),
                part(login, 0).or(() -> variable(variables, "PGUSER")),
                part(login, 1).or(() -> variable(variables, "PGPASSWORD")).map(Secret::of),
                parameters(uri));
    }

    private static Optional<String> part(String[] login, int index) {
        return index < login.length && !login[index].isEmpty() ? Optional.of(decoded(login[index])) : Optional.empty();
    }

    private static Optional<String> variable(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    private static Map<String, String> parameters(URI uri) {
        Map<String, String> parameters = new TreeMap<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] pair = parameter.split("=", 2);
            if (!PARAMETERS.contains(pair[0])) {
                throw refused("may have the parameters sslmode and sslrootcert, no others");
            }
            parameters.put(pair[0], pair.length == 1 ? "" : decoded(pair[1]));
        }
        return parameters;
    }

    private static String decoded(String text) {
        // A plus sign in a URL's user or password is a plus sign.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static MillraceException refused(String problem) {
        return MillraceException.user("the state's place (--state, MILLRACE_STATE) " + problem);
    }

    String jdbcUrl() {
        // The database goes in by property: a name may hold what a URL cannot.
        return "jdbc:postgresql://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }

    /** All that the driver is told, the password included. */
    Properties driverProperties() {
        Properties all = new Properties();
        all.setProperty("ApplicationName", "millrace state");
        all.setProperty("PGDBNAME", database);
        user.ifPresent(name -> all.setProperty("user", name));
        password.ifPresent(secret -> all.setProperty("password", secret.reveal()));
        all.putAll(parameters);
        all.setProperty("loginTimeout", "10");
        all.setProperty("connectTimeout", "10");
        all.setProperty("socketTimeout", "60");
        all.setProperty("tcpKeepAlive", "true");
        // Named statements would not survive a pool that hands out another backend.
        all.setProperty("prepareThreshold", "0");
        return all;
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return "postgresql://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + database;
    }
}

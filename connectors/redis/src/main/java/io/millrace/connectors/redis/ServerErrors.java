package io.millrace.connectors.redis;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Turns what the client throws into failures whose kind says whose turn it is. */
record ServerErrors(RedisServer server) {
    /** Servers put the place in the script before the code that a command of it failed with. */
    private static final Pattern IN_SCRIPT = Pattern.compile(
            "^(?:ERR )?(?:Error running script \\(call to \\S+\\): )?(?:@?user_script:\\s*\\d+:\\s*)+-?");

    private static final Pattern CODE = Pattern.compile("^-?([A-Z]{2,})\\b");

    MillraceException during(String attempted, JedisException failure) {
        String place = attempted + " at " + server.address() + " failed: ";
        if (failure instanceof JedisConnectionException) {
            return connection(place, failure);
        }
        String text = IN_SCRIPT.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
        Matcher code = CODE.matcher(text);
        String known = code.find() ? code.group(1) : "";
        return new MillraceException(kind(known, text), place + text + "." + remedy(known, text), failure);
    }

    private MillraceException connection(String place, JedisException failure) {
        if (has(failure, UnknownHostException.class)) {
            return MillraceException.unavailable(
                    place + "the host name '" + server.url().host() + "' is unknown. Check url, and the network.",
                    failure);
        }
        if (has(failure, SocketTimeoutException.class)) {
            return MillraceException.unavailable(
                    place + "no answer in time (connect_timeout "
                            + server.connectTimeout().toMillis() + " ms, socket_timeout "
                            + server.socketTimeout().toMillis()
                            + " ms). Check host, port and firewalls, or raise them.",
                    failure);
        }
        if (has(failure, SSLException.class)) {
            return MillraceException.denied(
                    place + "no TLS connection (" + innermost(failure)
                            + "). Check rediss:// against the server's port, and root_certificate against its"
                            + " certificate.",
                    failure);
        }
        return MillraceException.unavailable(
                place + innermost(failure) + ". Check that the server runs and listens there.", failure);
    }

    private static ErrorKind kind(String code, String text) {
        return switch (code) {
            case "OOM",
                    "LOADING",
                    "READONLY",
                    "MISCONF",
                    "NOREPLICAS",
                    "BUSY",
                    "MASTERDOWN",
                    "CLUSTERDOWN",
                    "TRYAGAIN",
                    "UNBLOCKED",
                    "NOSCRIPT" -> ErrorKind.UNAVAILABLE;
            case "MOVED", "ASK", "CROSSSLOT" -> ErrorKind.USER;
            case "FENCED" -> ErrorKind.FENCED;
            case "LOST" -> ErrorKind.STALE;
            default -> text.contains("max number of clients") ? ErrorKind.UNAVAILABLE : ErrorKind.DENIED;
        };
    }

    private String remedy(String code, String text) {
        return switch (code) {
            case "OOM" -> " Give the server more memory (maxmemory), or load less; the run can be resumed.";
            case "READONLY" -> " This server is a replica; url must name the primary.";
            case "MISCONF" -> " The server cannot persist; look at its log and disk.";
            case "MOVED", "ASK", "CROSSSLOT" -> CLUSTER;
            case "NOAUTH", "WRONGPASS" -> " Check user and password.";
            case "NOPERM" -> " Grant the user what the page of this connector lists.";
            case "FENCED" -> " A newer attempt at this run has taken over; this one must not write any more.";
            case "LOST" -> " The server no longer knows this run, so it has lost what the run wrote: it was emptied, or"
                    + " restarted without persistence. Begin the run anew with --restart.";
            case "WRONGTYPE" -> " Delete that key, or choose another key template: one pipeline owns its keys.";
            default -> text.contains("AUTH") || text.contains("invalid password") ? " Check user and password." : "";
        };
    }

    static final String CLUSTER =
            " The server is part of a Redis Cluster, which is not supported: a call writes keys of many slots. Use a"
                    + " server, or a primary with replicas, that is not in cluster mode.";

    private static boolean has(Throwable failure, Class<? extends Throwable> wanted) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (wanted.isInstance(at)) {
                return true;
            }
            for (Throwable beside : at.getSuppressed()) {
                if (has(beside, wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What happened at the bottom, on one line and without a full stop. */
    private static String innermost(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null || at.getSuppressed().length > 0) {
            at = at.getCause() != null ? at.getCause() : at.getSuppressed()[0];
        }
        String text =
                String.valueOf(at.getMessage()).strip().lines().findFirst().orElse("");
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}

package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Makes our failures from the driver's: the one place that knows what an SQLSTATE means for whoever called. */
final class ServerErrors {
    /** The driver tells this by its text alone. */
    private static final String HOST_NOT_VERIFIED = "could not be verified by hostnameverifier";

    private final Server server;

    ServerErrors(Server server) {
        this.server = server;
    }

    /** A failure to connect. */
    MillraceException connecting(SQLException failure) {
        String state = state(failure);
        String place = "Cannot connect to PostgreSQL at " + server.address();
        if (state.startsWith("28")) {
            String given = server.password().isPresent() ? "" : ", and no password is set";
            return MillraceException.denied(
                    place + ": the server refused user '" + server.user() + "'" + given + " (" + text(failure)
                            + "). Check user and password, and the server's pg_hba.conf.",
                    failure);
        }
        if (state.equals("3D000")) {
            return new MillraceException(
                    ErrorKind.USER,
                    place + ": there is no database '" + server.database() + "'. Check database or url.",
                    failure);
        }
        if (causedBy(failure, UnknownHostException.class)) {
            return MillraceException.unavailable(
                    place + ": the host name '" + server.host() + "' is unknown. Check url or host, and the network.",
                    failure);
        }
        if (causedBy(failure, SocketTimeoutException.class)) {
            return MillraceException.unavailable(
                    place + ": no answer within " + server.connectTimeout().toSeconds()
                            + " s. Check host, port and firewalls, or raise connect_timeout.",
                    failure);
        }
        if (causedBy(failure, SSLException.class)
                || causedBy(failure, CertificateException.class)
                || text(failure).contains(HOST_NOT_VERIFIED)) {
            return MillraceException.denied(
                    place + ": the server's certificate is not one that sslmode "
                            + server.sslmode().name().toLowerCase(Locale.ROOT) + " accepts (" + text(failure)
                            + "). Check root_certificate, and that host is a name of the certificate.",
                    failure);
        }
        if (state.equals("08001")) {
            return MillraceException.unavailable(
                    place + ": " + text(failure) + ". Check that the server runs and listens there.", failure);
        }
        return new MillraceException(kind(state), place + ": " + text(failure) + ".", failure);
    }

    /**
     * A failure of a statement.
     *
     * @param attempted what was being done, as the beginning of the message
     */
    MillraceException during(String attempted, SQLException failure) {
        String state = state(failure);
        String place = attempted + " at " + server.address() + " failed: ";
        if (causedBy(failure, SocketTimeoutException.class)) {
            return MillraceException.unavailable(
                    place + "the server sent nothing for "
                            + server.socketTimeout().toSeconds() + " s. If it needs longer, raise socket_timeout.",
                    failure);
        }
        return new MillraceException(kind(state), place + text(failure) + "." + remedy(state), failure);
    }

    /** A failure to read a planned split: what was found at plan time and is gone now makes the plan stale. */
    MillraceException reading(String attempted, SQLException failure) {
        MillraceException known = during(attempted, failure);
        boolean changed = state(failure).startsWith("42") && !state(failure).equals("42501");
        return changed
                ? new MillraceException(
                        ErrorKind.STALE,
                        known.getMessage() + " The source has changed since it was planned; begin the run anew.",
                        failure)
                : known;
    }

    /** A failure to write: what the table refuses is a matter of the data, and other rights are needed than for reading. */
    MillraceException writing(String attempted, SQLException failure) {
        String state = state(failure);
        if (isRefusedRow(failure)) {
            return new MillraceException(
                    ErrorKind.DATA, attempted + " at " + server.address() + " failed: " + text(failure) + ".", failure);
        }
        if (state.equals("42501")) {
            return MillraceException.denied(
                    attempted + " at " + server.address() + " failed: " + text(failure) + ". Grant user '"
                            + server.user() + "' what is missing.",
                    failure);
        }
        return during(attempted, failure);
    }

    /** A failure of COMMIT: where no answer of the server's arrived, or it was about to go, nobody knows. */
    MillraceException committing(String attempted, SQLException failure) {
        String state = state(failure);
        boolean refused = failure instanceof PSQLException known
                && known.getServerErrorMessage() != null
                && !state.startsWith("57P")
                && !state.startsWith("08")
                && !state.equals("40003");
        if (refused) {
            return writing(attempted, failure);
        }
        return new MillraceException(
                ErrorKind.COMMIT_UNKNOWN,
                attempted + " at " + server.address() + ": the answer to the commit was lost (" + text(failure)
                        + "). The table millrace.ledger there tells whether it has happened.",
                failure);
    }

    /** True where a row's values, a constraint or a trigger made the statement fail, so that other rows may be loaded. */
    static boolean isRefusedRow(SQLException failure) {
        String state = state(failure);
        return state.startsWith("22") && !state.equals("22P04")
                || state.startsWith("23")
                || state.equals("P0001")
                || state.equals("44000")
                || state.equals("54000");
    }

    /**
     * The row that the server names in its context, counted from 0 within the COPY. Empty where there is none, as for
     * foreign keys, or where the server speaks another language.
     */
    static OptionalInt lineOf(SQLException failure, String relation) {
        String context = failure instanceof PSQLException known && known.getServerErrorMessage() != null
                ? known.getServerErrorMessage().getWhere()
                : null;
        String prefix = "COPY " + relation + ", line ";
        for (String entry : context == null ? new String[0] : context.split("\n")) {
            if (entry.startsWith(prefix)) {
                String number = entry.substring(prefix.length()).split("\\D", 2)[0];
                return number.isEmpty() || number.length() > 9
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(number) - 1);
            }
        }
        return OptionalInt.empty();
    }

    /** The column that the server names, or null. */
    static String columnOf(SQLException failure, Schema schema) {
        String column = failure instanceof PSQLException known && known.getServerErrorMessage() != null
                ? known.getServerErrorMessage().getColumn()
                : null;
        return column != null && schema.contains(column) ? column : null;
    }

    /** Whose turn it is, by SQLSTATE. */
    static ErrorKind kind(String state) {
        String group = state.length() < 2 ? "" : state.substring(0, 2);
        return switch (group) {
                // Connection, server resources, server shutdown or cancel, serialisation, locks, disk.
            case "08", "53", "57", "40", "55", "58" -> ErrorKind.UNAVAILABLE;
            case "28" -> ErrorKind.DENIED;
            case "42" -> state.equals("42501") ? ErrorKind.DENIED : ErrorKind.USER;
                // No such database or schema, a value that the user's query cannot compute, a write in a read-only
                // session.
            case "3D", "3F", "22", "25", "0A", "21" -> ErrorKind.USER;
                // Snapshot too old.
            case "72" -> ErrorKind.STALE;
                // The server answered, and the same question would get the same answer.
            default -> ErrorKind.DENIED;
        };
    }

    private String remedy(String state) {
        return switch (state) {
            case "42501" -> " Grant user '" + server.user() + "' SELECT on what is read.";
            case "55P03" -> " Another session holds or waits for a lock; try again when its ALTER, VACUUM FULL or the "
                    + "like is done.";
            case "25006" -> " A query must only read.";
            default -> state.startsWith("08") || state.startsWith("57")
                    ? " The server went away or was told to stop; the same call may succeed later."
                    : "";
        };
    }

    static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> cause) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (cause.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    /** What the server or the driver said, on one line and without a full stop. */
    static String text(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
        String text = server == null ? String.valueOf(failure.getMessage()) : server.getMessage();
        String first = String.valueOf(text).strip().lines().findFirst().orElse("no message");
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}

package io.millrace.core.ledger;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.sql.SQLException;

/** Our failures from those of the server that keeps the ledger. */
final class StateFailure {
    private StateFailure() {}

    static MillraceException of(StateServer server, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String place = "the ledger at " + server + " cannot be used: " + text(failure) + ". ";
        if (state.startsWith("28")) {
            return MillraceException.denied(
                    place + "Check the user and password in --state or MILLRACE_STATE, or PGUSER and PGPASSWORD.",
                    failure);
        }
        if (state.equals("3D000")) {
            return new MillraceException(ErrorKind.USER, place + "Check the database in --state.", failure);
        }
        if (state.equals("42501") || state.equals("25006")) {
            return MillraceException.denied(
                    place + "The user needs CREATE on the database, or all rights on its schema " + PostgresSchema.NAME
                            + ", and the server must not be a standby.",
                    failure);
        }
        return MillraceException.unavailable(place + "Check that the server runs and can be reached.", failure);
    }

    /** True where the connection is of no more use, or the server asks to do it again. */
    static boolean isPassing(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return state.startsWith("08") || state.startsWith("57") || state.startsWith("53") || state.startsWith("40");
    }

    private static String text(SQLException failure) {
        String first =
                String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("no message");
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}

package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.sql.SQLException;

/**
 * The rule that decides which row versions a plan of a table has, and keeps it true when the snapshot is gone.
 *
 * <p>The snapshot of the plan ends at a {@link Horizon}: H = xmin, X = xmax. Every version that it shows has a transaction
 * id below X. Those below H are the <em>body</em>, cut into ranges of blocks: all transactions below H had ended, and a
 * version never moves, so any later snapshot shows the same body, less the versions that were updated or deleted since.
 * Those in [H, X) are the <em>tail</em>: committed already, while some older transaction was still open. Mostly there is
 * no such transaction, H equals X, and there is no tail.
 *
 * <ul>
 *   <li>While the snapshot lives, body and tail together are exactly what it shows. The tail is one split of its own, so
 *       that body splits mean the same whenever they are read; with H = X no condition is needed at all.
 *   <li>When it is gone, the body is bounded by H alone. It is read again only where the tables had no update or delete
 *       since ({@link InsertOnlyWatch}), and is then the same, row for row.
 *   <li>A tail that had been finished stays. A tail read anew has the versions in [H, X) that are visible by then: the
 *       planned ones, and those of transactions that were open at the plan and have committed since (of one that was
 *       using savepoints, perhaps a part). None is lost, none comes twice, nothing that began after the plan comes in.
 * </ul>
 *
 * <p>Rows keep 32 bits of their transaction id, and {@code age()} measures back from the server's next one. A frozen row
 * may be older than 2^31 transactions and have a negative age, so conditions name what is left out, not what is taken.
 * After a crash, a row frozen exactly as many transactions less 2^32 ago as have run since the plan looks new and is left
 * out; with the snapshot alive there is no such doubt.
 */
record VersionBounds(long ageOfXmin, long ageOfXmax) {
    /** Seen from this session's transaction: ages are fixed within one. */
    static VersionBounds of(Session session, Horizon horizon) throws SQLException {
        return session.row(
                "SELECT pg_catalog.age(" + Horizon.xid(horizon.xmin()) + "), pg_catalog.age("
                        + Horizon.xid(horizon.xmax()) + ")",
                row -> new VersionBounds(row.getLong(1), row.getLong(2)));
    }

    /** The body, in the snapshot of the plan. */
    String bodyOfLiveSnapshot() {
        return "(pg_catalog.age(xmin) > " + ageOfXmin + " OR pg_catalog.age(xmin) <= " + ageOfXmax + ")";
    }

    /** The body, in a later snapshot. */
    String body() {
        return "(pg_catalog.age(xmin) > " + ageOfXmin + " OR pg_catalog.age(xmin) <= 0)";
    }

    /**
     * Of the body, in any snapshot, the versions of this transaction and of later ones. A transaction below the horizon has
     * a positive age as long as fewer than 2^31 were begun since; beyond that, nothing can be told.
     */
    String increment(Session session, long from) throws SQLException {
        long ageOfFrom = session.row("SELECT pg_catalog.age(" + Horizon.xid(from) + ")", row -> row.getLong(1));
        if (ageOfFrom < ageOfXmin) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "more than 2^31 transactions have begun since the previous increment, so that new rows cannot be told"
                            + " from old ones; take all rows, with --full.");
        }
        return "pg_catalog.age(xmin) > " + ageOfXmin + " AND pg_catalog.age(xmin) <= " + ageOfFrom;
    }

    /** The tail, in any snapshot. */
    String tail() {
        return "pg_catalog.age(xmin) > " + ageOfXmax + " AND pg_catalog.age(xmin) <= " + ageOfXmin;
    }
}

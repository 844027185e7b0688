package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether splits planned under a snapshot that is gone can be read under a new one, and takes that. */
final class PinCheck {
    /** Ids that lie further apart cannot be told older from newer. */
    private static final long MOST_TRANSACTIONS = 1L << 31;

    private final Server server;
    private final SpareSession sessions;
    private final Relation relation;
    private final boolean insertOnly;

    PinCheck(Server server, SpareSession sessions, Relation relation, boolean insertOnly) {
        this.server = server;
        this.sessions = sessions;
        this.relation = relation;
        this.insertOnly = insertOnly;
    }

    /**
     * A reading that yields the planned rows, or empty where none can.
     *
     * @param lessWillDo of an increment, it may lack what was changed since, which comes with the next one
     */
    Optional<Reading> resume(Pin pin, boolean lessWillDo) throws SQLException {
        if (!relation.versioned()
                || relation.oid() != pin.relation()
                || !relation.schema().toString().equals(pin.columns())) {
            return Optional.empty();
        }
        ExportedSnapshot exporter = ExportedSnapshot.open(sessions.take(), relation.lockable());
        boolean usable = false;
        try {
            usable = sameTable(exporter, pin) && (lessWillDo || insertOnly || onlyInserts(exporter, pin));
            return usable
                    ? Optional.of(Reading.of(server, relation, exporter, pin.horizon(), false, Optional.of(pin)))
                    : Optional.empty();
        } finally {
            if (!usable) {
                exporter.close();
            }
        }
    }

    /** Rows are where they were, and transaction ids mean what they meant. */
    private boolean sameTable(ExportedSnapshot exporter, Pin pin) throws SQLException {
        Horizon now = exporter.horizon();
        List<Storage> storages = StorageCatalog.storages(exporter.session(), relation.oid());
        return Identity.of(exporter.session()).sameTransactionsAs(pin.identity())
                && now.xmin() >= pin.horizon().xmin()
                && now.xmax() - pin.horizon().xmin() < MOST_TRANSACTIONS
                && sameFiles(TablePlanner.filenodes(storages), pin);
    }

    private static boolean sameFiles(Map<Long, Long> now, Pin pin) {
        // A table attached since is not scanned, except through its parent.
        boolean throughParent = pin.scans().stream().anyMatch(scan -> scan.oid() == 0);
        return throughParent
                ? now.equals(pin.filenodes())
                : now.entrySet().containsAll(pin.filenodes().entrySet());
    }

    private boolean onlyInserts(ExportedSnapshot exporter, Pin pin) throws SQLException {
        boolean counted = pin.changes().keySet().containsAll(pin.filenodes().keySet());
        if (!counted || !Identity.of(exporter.session()).countsAs(pin.identity())) {
            return false;
        }
        String seenAt = exporter.session().row("SELECT pg_catalog.clock_timestamp()::text", row -> row.getString(1));
        int ours = exporter.session().row("SELECT pg_catalog.pg_backend_pid()", row -> row.getInt(1));
        try (Session session = Session.open(server)) {
            return new InsertOnlyWatch(session)
                    .confirms(relation.oid(), pin.changes(), pin.plannedAt(), seenAt, List.of(ours));
        }
    }
}

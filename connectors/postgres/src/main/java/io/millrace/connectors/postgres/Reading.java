package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.Optional;

/**
 * A snapshot being read: the pool of sessions that share it and, where this process exported it, the exporter.
 *
 * @param planSnapshot whether it is the snapshot of the plan, not one taken when that was gone
 * @param pin empty where the plan cannot outlive its snapshot
 */
record Reading(
        Optional<ExportedSnapshot> exporter, WorkerPool pool, Horizon horizon, boolean planSnapshot, Optional<Pin> pin)
        implements AutoCloseable {
    static Reading of(
            Server server,
            Relation relation,
            ExportedSnapshot exporter,
            Horizon horizon,
            boolean planSnapshot,
            Optional<Pin> pin) {
        WorkerPool pool = new WorkerPool(server, exporter.name(), exporter.horizon(), relation.lockable());
        return new Reading(Optional.of(exporter), pool, horizon, planSnapshot, pin);
    }

    /** Takes part in a plan that another process made and keeps alive. */
    static Reading joined(Server server, Relation relation, SplitPayload split) {
        WorkerPool pool = new WorkerPool(server, split.exported(), split.horizon(), relation.lockable());
        return new Reading(Optional.empty(), pool, split.horizon(), true, Optional.empty());
    }

    boolean reads(SplitPayload split) {
        return split.horizon().equals(horizon);
    }

    SelectText select(Relation relation) {
        return new SelectText(relation, planSnapshot);
    }

    /** Makes sure that block numbers still mean what they meant at the plan. */
    static boolean sameFile(Session worker, Scan scan) throws SQLException {
        return worker.row(
                "SELECT coalesce(pg_catalog.pg_relation_filenode(?::bigint::oid)::bigint, 0) = ?",
                row -> row.getBoolean(1),
                scan.oid(),
                scan.filenode());
    }

    @Override
    public void close() {
        pool.close();
        exporter.ifPresent(ExportedSnapshot::close);
    }
}

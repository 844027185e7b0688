package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the tables that keep a relation's rows, and where they keep them. */
final class StorageCatalog {
    private static final String TREE = "WITH RECURSIVE tree(oid) AS (SELECT ?::bigint::oid UNION"
            + " SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree ON i.inhparent = tree.oid)";
    private static final String STORAGES = TREE + " SELECT c.oid::bigint, n.nspname, c.relname, c.relkind::text,"
            + " coalesce(pg_catalog.pg_relation_filenode(c.oid)::bigint, 0),"
            + " coalesce(pg_catalog.pg_relation_size(c.oid), 0) / pg_catalog.current_setting('block_size')::bigint,"
            + " pg_catalog.has_table_privilege(c.oid, 'SELECT') AND NOT root.relrowsecurity AND NOT c.relrowsecurity"
            + " FROM tree JOIN pg_catalog.pg_class c ON c.oid = tree.oid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_catalog.pg_class root ON root.oid = ?::bigint::oid"
            + " WHERE c.relkind IN ('r', 'f') ORDER BY c.oid";
    private static final String CHANGES = TREE + " SELECT oid::bigint,"
            + " pg_catalog.pg_stat_get_tuples_updated(oid) + pg_catalog.pg_stat_get_tuples_deleted(oid) FROM tree";

    private StorageCatalog() {}

    /** In the order of their oids, which does not change. */
    static List<Storage> storages(Session session, long relation) throws SQLException {
        return session.rows(
                STORAGES,
                row -> new Storage(
                        row.getLong(1),
                        new TableName(row.getString(2), row.getString(3)),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getBoolean(7)),
                relation,
                relation);
    }

    /** Which of these tables are still there, in the relation or out of it. */
    static Set<Long> existing(Session session, Set<Long> oids) throws SQLException {
        String all = "{" + String.join(",", oids.stream().map(String::valueOf).toList()) + "}";
        return new HashSet<>(session.rows(
                "SELECT oid::bigint FROM pg_catalog.pg_class WHERE oid = ANY (?::oid[])", row -> row.getLong(1), all));
    }

    /** How many rows have been updated or deleted since the statistics began, by table. */
    static Map<Long, Long> changes(Session session, long relation) throws SQLException {
        Map<Long, Long> changes = new TreeMap<>();
        session.rows(CHANGES, row -> changes.put(row.getLong(1), row.getLong(2)), relation);
        return changes;
    }
}

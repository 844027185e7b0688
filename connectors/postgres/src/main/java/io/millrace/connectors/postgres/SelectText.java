package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes the SELECT of a split. */
final class SelectText {
    private final Relation relation;
    private final boolean planSnapshot;

    /** @param planSnapshot whether the sessions see the snapshot of the plan, not a later one */
    SelectText(Relation relation, boolean planSnapshot) {
        this.relation = relation;
        this.planSnapshot = planSnapshot;
    }

    String of(SplitPayload split, Session session) throws SQLException {
        return switch (split.part()) {
            case BLOCKS -> select(split.scan().table(), conditions(split, body(split, session)));
            case INCREMENT -> select(split.scan().table(), conditions(split, increment(split, session)));
            case TAIL -> tail(split, VersionBounds.of(session, split.horizon()).tail());
            case RELATION -> select(relation.from(), List.of(split.condition()));
        };
    }

    private String body(SplitPayload split, Session session) throws SQLException {
        if (planSnapshot && split.horizon().isClosed()) {
            return "TRUE";
        }
        VersionBounds bounds = VersionBounds.of(session, split.horizon());
        return planSnapshot ? bounds.bodyOfLiveSnapshot() : bounds.body();
    }

    private String increment(SplitPayload split, Session session) throws SQLException {
        VersionBounds bounds = VersionBounds.of(session, split.horizon());
        if (split.scan().from() > 0) {
            return bounds.increment(session, split.scan().from());
        }
        return planSnapshot ? bounds.bodyOfLiveSnapshot() : bounds.body();
    }

    private static List<String> conditions(SplitPayload split, String versions) {
        List<String> conditions = new ArrayList<>(List.of(versions, split.condition()));
        boolean whole =
                split.firstBlock() == 0 && split.endBlock() >= split.scan().blocks();
        if (!whole) {
            conditions.add("ctid >= '(" + split.firstBlock() + ",0)'::pg_catalog.tid");
            conditions.add("ctid < '(" + split.endBlock() + ",0)'::pg_catalog.tid");
        }
        return conditions;
    }

    private String tail(SplitPayload split, String versions) {
        return String.join(
                " UNION ALL ",
                split.scans().stream()
                        .map(scan -> select(scan.table(), List.of(versions, split.condition())))
                        .toList());
    }

    private String select(String from, List<String> conditions) {
        List<String> needed = conditions.stream()
                .filter(condition -> !condition.equals("TRUE"))
                .toList();
        return "SELECT " + relation.selectList() + " FROM " + from
                + (needed.isEmpty() ? "" : " WHERE " + String.join(" AND ", needed));
    }
}

package io.millrace.connectors.postgres;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Plans increments by the time column, for what has no row versions. Under one snapshot it reads what is new and, beside it,
 * the keys of all rows that are there within the overlap: exactly those have been taken when the increment is done, so the
 * next one knows which of the rows that it reads again are new.
 */
final class OverlapPlanner {
    private static final int MOST_KEYS = 500_000;

    private final Relation relation;
    private final ByOverlap overlap;
    private final ServerErrors errors;

    OverlapPlanner(Server server, Relation relation, ByOverlap overlap) {
        this.relation = relation;
        this.overlap = overlap;
        this.errors = new ServerErrors(server);
        for (String key : overlap.key()) {
            relation.require(key, "incremental.key");
            if (relation.schema().indexOf(key) < 0) {
                throw MillraceException.user(
                        "incremental: the column '" + key + "' of the key is not among columns; add it there.");
            }
        }
    }

    Optional<OverlapPosition> previous(ExtractRequest request) {
        return request.position().map(text -> OverlapPosition.parse(text)
                .filter(position -> position.key().equals(overlap.key()))
                .orElseThrow(() -> MillraceException.user("increments of " + relation.label()
                        + " cannot go on: the previous one was taken by another kind of incremental, or with another key."
                        + " Begin them anew, with all rows, by run --full.")));
    }

    OverlapRange range(Session session, Optional<OverlapPosition> previous, Before before) throws SQLException {
        return OverlapRange.of(session, relation, overlap, previous, before.instant());
    }

    /** The plan with the position that the next increment begins at, and what people should know. */
    Planner.Planned finish(Planner.Planned planned, OverlapRange range, List<String> further) throws SQLException {
        List<String> warnings = new ArrayList<>(planned.plan().warnings());
        warnings.addAll(further);
        OverlapPosition next = new OverlapPosition(
                range.end(),
                range.keptFrom(overlap),
                overlap.key(),
                keys(planned.reading(), range.kept(overlap)).text());
        Plan plan = planned.plan();
        return new Planner.Planned(
                new Plan(plan.splits(), plan.repeatability(), plan.pin(), Optional.of(next.text()), warnings),
                planned.reading());
    }

    private KeySet keys(Reading reading, String condition) throws SQLException {
        KeySet keys = new KeySet(overlap.key());
        Relation keysOnly = relation.only(overlap.key());
        String select = "SELECT " + keysOnly.selectList() + " FROM " + keysOnly.from() + " WHERE " + condition;
        Session worker = reading.pool().acquire();
        try (BatchReader rows =
                new CopyBatchReader("keys", worker, reading.pool(), select, keysOnly, 8_192, new Unread(), errors)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                keys.addAll(batch);
                if (keys.size() > MOST_KEYS) {
                    throw MillraceException.user(String.format(
                            Locale.ROOT,
                            "incremental: more than %,d rows lie within the overlap of %s, too many to remember. Shorten it.",
                            MOST_KEYS,
                            overlap.overlap()));
                }
            }
        }
        return keys;
    }

    /** Rows whose key cannot be decoded are rejected when they are read. */
    private static final class Unread implements Rejects {
        @Override
        public void reject(Batch batch, int row, String column, String reason) {}

        @Override
        public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {}

        @Override
        public void filtered(int rows) {}

        @Override
        public void deduplicated(int rows) {}
    }
}

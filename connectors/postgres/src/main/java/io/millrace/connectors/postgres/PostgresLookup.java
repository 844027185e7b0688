package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks keys up in a table: one query a batch, in a read-only transaction of its own. The keys are columns named like the
 * table's. A key with a null is missing; a key that the table holds twice is an error, since which row answers would be
 * chance. One thread.
 */
final class PostgresLookup implements Lookup {
    private final PostgresSourceSettings settings;
    private final Server server;
    private final ServerErrors errors;
    private final Map<Schema, KeyQuery> queries = new HashMap<>();
    private Session session;
    private Relation relation;

    PostgresLookup(PostgresSourceSettings settings, Server server) {
        this.settings = settings;
        this.server = server;
        this.errors = new ServerErrors(server);
    }

    @Override
    public Schema schema() {
        try {
            // A key that is missing has no value in any column.
            return Schema.of(relation().schema().fields().stream()
                    .map(field -> field.withNullable(true))
                    .toList());
        } catch (SQLException failure) {
            throw lost("Looking for " + settings.table().orElseThrow(), failure);
        }
    }

    private Relation relation() throws SQLException {
        if (relation == null) {
            begin();
            relation = new RelationCatalog(session, settings).find();
            session.execute("COMMIT");
        }
        return relation;
    }

    private void begin() throws SQLException {
        if (session == null) {
            session = Session.open(server);
        }
        session.begin();
        session.applySettings();
    }

    @Override
    public Batch find(Batch keys, BitSet missing) {
        try {
            Relation table = relation();
            KeyQuery query = queries.get(keys.schema());
            begin();
            if (query == null) {
                query = KeyQuery.of(table, keys.schema());
                queries.put(keys.schema(), query);
            }
            session.rows(query.send(), row -> row, query.parameters(keys));
            Batch answers = read(query, keys.rowCount(), missing);
            session.execute("COMMIT");
            return answers;
        } catch (SQLException failure) {
            throw lost("Looking keys up in " + relation.label(), failure);
        } catch (MillraceException failure) {
            close();
            throw failure;
        }
    }

    private Batch read(KeyQuery query, int keys, BitSet missing) throws SQLException {
        TupleDecoder decoder = query.decoder();
        missing.clear();
        int answered = 0;
        int row = -1;
        CopyRows copy = session.copyOut(query.copy());
        boolean first = true;
        while (copy.next()) {
            int at = first ? TupleDecoder.skipHeader(copy) : copy.from();
            first = false;
            while (at < copy.to() && !TupleDecoder.isEnd(copy.bytes(), at)) {
                int next = KeyQuery.keyNumber(copy.bytes(), at);
                if (next == row) {
                    throw repeated(query);
                }
                row = next;
                for (; answered < row; answered++) {
                    missing.set(answered);
                    query.appendNulls();
                }
                at = decoder.decode(copy.bytes(), at, copy.to());
                if (decoder.badColumn() >= 0) {
                    throw unreadable(query, decoder);
                }
                answered++;
            }
        }
        for (; answered < keys; answered++) {
            missing.set(answered);
            query.appendNulls();
        }
        return query.answers();
    }

    private MillraceException repeated(KeyQuery query) {
        return MillraceException.user(relation.label() + " holds a key twice in (" + query.keyNames()
                + "); a look-up needs one row for each. Look up in a view that keeps one, or name more key columns.");
    }

    private MillraceException unreadable(KeyQuery query, TupleDecoder decoder) {
        return new MillraceException(
                ErrorKind.DATA,
                relation.label() + " answers a key with a value that cannot be read: column '"
                        + query.answerName(decoder.badColumn()) + "' is " + decoder.badText() + ": "
                        + decoder.badReason() + ". Cast it in a view, or leave the column out.");
    }

    private MillraceException lost(String attempted, SQLException failure) {
        close();
        return errors.during(attempted, failure);
    }

    @Override
    public void close() {
        // They may hold half an answer.
        queries.clear();
        if (session != null) {
            session.close();
            session = null;
        }
    }
}

package io.millrace.connectors.postgres;

import io.millrace.api.Fence;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** One table of one server as a target: what both kinds of loader need of it. Thread-safe. */
final class LoadTarget {
    /** Work to be done before taking the fence, in the same transaction. */
    interface Preparation {
        /** Returns the table that rows are staged in, if they are. */
        Optional<String> run(Session session) throws SQLException;
    }

    /** The table as it was found, to make encoders from. */
    record Form(TargetTable table, int serverVersion) {
        TupleEncoder encoder(Schema schema, boolean numbered) {
            return TupleEncoder.of(schema, table, serverVersion, numbered);
        }
    }

    private final PostgresTargetSettings settings;
    private final Server server;
    private final TableName table;
    private final ServerErrors errors;
    private Form form;

    LoadTarget(PostgresTargetSettings settings, Server server) {
        this.settings = settings;
        this.server = server;
        this.table = TableName.parse(settings.table());
        this.errors = new ServerErrors(server);
    }

    PostgresTargetSettings settings() {
        return settings;
    }

    TableName table() {
        return table;
    }

    ServerErrors errors() {
        return errors;
    }

    String describe() {
        return server.describe() + " " + table;
    }

    Session connect() {
        return Session.open(server);
    }

    /** Checks that these columns can be written, changing nothing. */
    void validate(Schema schema) {
        try (Session session = connect()) {
            session.begin();
            session.applySettings();
            TargetCatalog catalog = new TargetCatalog(session);
            TargetPlan.of(settings, schema, catalog.find(table), catalog.serverVersion());
        } catch (SQLException failure) {
            throw errors.during("Looking for " + table, failure);
        }
    }

    /** Brings table and state into form and takes the fence, all in one transaction. */
    Fence prepare(LoadRequest request, Preparation more) {
        try (Session session = connect()) {
            session.beginWriting();
            StateTables state = new StateTables(session);
            state.lock();
            createState(session, state);
            Form found = bringIntoForm(session, request.schema());
            Fence fence = state.takeFence(request.lineage(), more.run(session));
            state.forget(request.lineage(), settings.ledgerRetention());
            session.execute("COMMIT");
            remember(found);
            return fence;
        } catch (SQLException failure) {
            throw errors.writing("Preparing " + table, failure);
        }
    }

    private void createState(Session session, StateTables state) throws SQLException {
        if (state.exist()) {
            return;
        }
        session.execute("SAVEPOINT millrace_state");
        try {
            state.create();
        } catch (SQLException failure) {
            if (!ServerErrors.state(failure).equals("42501")) {
                throw failure;
            }
            throw MillraceException.denied(
                    "Preparing " + table + ": user '" + settings.user() + "' may not create the schema millrace, where"
                            + " the target remembers what was committed (" + ServerErrors.text(failure)
                            + "). Let an administrator run CREATE SCHEMA millrace AUTHORIZATION "
                            + Sql.identifier(settings.user()) + ".",
                    failure);
        }
    }

    private Form bringIntoForm(Session session, Schema schema) throws SQLException {
        TargetCatalog catalog = new TargetCatalog(session);
        int version = catalog.serverVersion();
        Optional<TargetTable> existing = catalog.find(table);
        List<String> changes = TargetPlan.of(settings, schema, existing, version);
        for (String change : changes) {
            session.execute(change);
        }
        TargetTable found = (changes.isEmpty() ? existing : catalog.find(table)).orElseThrow();
        return new Form(found, version);
    }

    private synchronized void remember(Form found) {
        form = found;
    }

    /** The table's form; looked up where this process has not prepared it. */
    synchronized Form form(Session session) throws SQLException {
        if (form == null) {
            session.begin();
            session.applySettings();
            TargetCatalog catalog = new TargetCatalog(session);
            TargetTable found = catalog.find(table)
                    .orElseThrow(() -> MillraceException.user("there is no " + table + " at " + server.describe()
                            + " any more; it was there when the run was prepared"));
            form = new Form(found, catalog.serverVersion());
            session.rollback();
        }
        return form;
    }
}

package io.millrace.connectors.postgres;

import io.millrace.api.MillraceException;
import java.sql.SQLException;
import java.util.List;

/** What must be so for transaction ids to tell what is new. Whatever is not is a user error that names the ways out. */
final class IncrementChecks {
    private static final long MOST_TRANSACTIONS = 1L << 31;

    private final Relation relation;

    IncrementChecks(Relation relation) {
        this.relation = relation;
    }

    /** The tables that keep the rows, each of which has versions that this role may read. */
    List<Storage> storages(Session session) throws SQLException {
        List<Storage> storages = StorageCatalog.storages(session, relation.oid());
        for (Storage storage : storages) {
            if (storage.isForeign()) {
                throw refused("its partition " + storage.name() + " is a foreign table, whose rows have no versions");
            }
            if (!storage.readable()) {
                throw refused("this role may not read " + storage.name()
                        + " by its own name, or row policies guard it; grant SELECT on every partition");
            }
        }
        return storages;
    }

    Position position(String text) {
        return Position.parse(text)
                .orElseThrow(() -> anew("the previous increment was taken by another kind of incremental"));
    }

    /** That the rows are those of the previous increment, where they were. */
    void sameRows(Position previous, Identity identity, List<Storage> storages, List<String> warnings) {
        if (!previous.system().equals(identity.system()) || previous.database() != identity.database()) {
            throw anew("the previous increment came from another server or database (a restored dump and a logical"
                    + " replica are others too)");
        }
        if (previous.relation() != relation.oid()) {
            throw anew(
                    "the previous increment came from another table of this name, which has been dropped or renamed");
        }
        for (Storage storage : storages) {
            Position.Mark mark = previous.marks().get(storage.oid());
            if (mark != null && mark.filenode() != storage.filenode()) {
                throw anew(
                        storage.name() + " has been written anew since the previous increment (TRUNCATE, VACUUM FULL,"
                                + " CLUSTER or an ALTER TABLE that rewrites)");
            }
        }
        if (previous.timeline() != identity.timeline()) {
            warnings.add("the server has been promoted since the previous increment (timeline " + previous.timeline()
                    + ", now " + identity.timeline()
                    + "): what an asynchronous standby had not received is lost, and its"
                    + " transaction ids may have been given to other rows, which increments then miss; --full takes all"
                    + " rows");
        }
    }

    /** That ids can be told apart. */
    void distance(Position previous, Horizon horizon, List<Storage> storages) {
        for (Storage storage : storages) {
            Position.Mark mark = previous.marks().get(storage.oid());
            if (mark != null && horizon.xmax() - mark.taken() >= MOST_TRANSACTIONS) {
                throw anew((horizon.xmax() - mark.taken())
                        + " transactions have begun since the previous increment of " + storage.name()
                        + ", and ids that lie 2^31 or more apart cannot be told older from newer");
            }
        }
    }

    /** These rows cannot be read so. */
    MillraceException refused(String why) {
        return MillraceException.user("incremental: snapshot cannot read " + relation.label() + ": " + why
                + ". Use incremental: {overlap: …, key: […]}, or runs with --start and --end.");
    }

    private MillraceException anew(String why) {
        return MillraceException.user("increments of " + relation.label() + " cannot go on: " + why
                + ". Begin them anew, with all rows, by run --full.");
    }
}

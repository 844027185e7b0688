package io.millrace.connectors.postgres;

/**
 * Where a snapshot ends, in 64-bit transaction ids: every transaction below {@code xmin}, subtransactions included, had
 * ended; none from {@code xmax} on had begun to be visible.
 *
 * @param snapshot the server's own text, for telling snapshots apart
 */
record Horizon(long xmin, long xmax, String snapshot) {
    /** Reads {@code xmin:xmax:xip,…}. */
    static Horizon parse(String snapshot) {
        String[] parts = snapshot.split(":", -1);
        return new Horizon(Long.parseLong(parts[0]), Long.parseLong(parts[1]), snapshot);
    }

    /** True where no writing transaction was open: the snapshot is then exactly the row versions below {@code xmin}. */
    boolean isClosed() {
        return xmin == xmax;
    }

    /** A transaction id as the 32 bits that rows keep of it, for SQL. */
    static String xid(long transaction) {
        return "'" + (transaction & 0xffff_ffffL) + "'::pg_catalog.xid";
    }
}

package io.millrace.connectors.postgres;

/**
 * One table that keeps rows: the table itself, or a leaf of a partitioned one.
 *
 * @param filenode names the file: another one means that the rows were written anew, at other places
 * @param blocks its size when the snapshot had been taken
 * @param kind the catalog's letter
 * @param readable whether we may read it by its own name
 */
record Storage(long oid, TableName name, String kind, long filenode, long blocks, boolean readable) {
    boolean isForeign() {
        return kind.equals("f");
    }
}

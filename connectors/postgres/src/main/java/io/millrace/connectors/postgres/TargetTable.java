package io.millrace.connectors.postgres;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table that is written, as it is now.
 *
 * @param writable false for views, foreign tables and the like
 * @param missingRights what the role may not do of INSERT, SELECT, UPDATE and DELETE
 * @param keys sets of columns that are unique, by indexes that ON CONFLICT can name
 * @param cascades foreign keys of other tables that would follow a deletion
 */
record TargetTable(
        TableName name,
        boolean writable,
        Set<String> missingRights,
        List<TargetColumn> columns,
        List<Set<String>> keys,
        List<String> cascades) {
    Optional<TargetColumn> column(String wanted) {
        return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
    }
}

package io.millrace.connectors.postgres;

import io.millrace.api.TimeWindow;
import io.millrace.api.data.Schema;
import java.util.Optional;

/** The statements of the final transaction that replaces rows by staged ones. Parameters are the staged attempts. */
final class ReplaceText {
    private final TargetTable table;
    private final StageTable stage;
    private final String columns;
    /** Which rows of the table, or of the staging table, are meant. */
    private final Optional<String> condition;

    ReplaceText(TargetTable table, StageTable stage, Schema schema, Optional<String> condition) {
        this.table = table;
        this.stage = stage;
        this.columns = Sql.identifiers(schema.names());
        this.condition = condition;
    }

    /** That a row's time lies in the window. */
    static String condition(TargetTable table, String timeColumn, TimeWindow window) {
        TargetColumn column = table.column(timeColumn).orElseThrow();
        return WindowFilter.condition(
                new SourceColumn(
                        column.name(), column.typeName(), column.type().name(), Optional.empty(), !column.notNull()),
                window);
    }

    /** Two runs must not both delete what they see and then both insert; others may go on writing. */
    String lock() {
        return "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended("
                + Sql.literal("millrace replaces rows of " + table.name().quoted()) + ", 0))";
    }

    String delete() {
        return "DELETE FROM " + table.name().quoted()
                + condition.map(bounds -> " WHERE " + bounds).orElse("");
    }

    String insert() {
        return "INSERT INTO " + table.name().quoted() + " (" + columns + ") SELECT " + columns + " FROM "
                + stage.quoted() + " WHERE " + StageTable.ofAttempts();
    }

    /** How many rows of the table are meant. */
    static String count(TargetTable table, Optional<String> condition) {
        return "SELECT pg_catalog.count(*) FROM " + table.name().quoted()
                + condition.map(bounds -> " WHERE " + bounds).orElse("");
    }

    String countOutside() {
        return "SELECT pg_catalog.count(*) FROM " + stage.quoted() + " WHERE " + StageTable.ofAttempts() + " AND ("
                + condition.orElse("true") + ") IS NOT TRUE";
    }
}

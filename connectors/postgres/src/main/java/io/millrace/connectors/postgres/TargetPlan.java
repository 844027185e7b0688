package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares the rows' columns with the table: what has to be changed first, or all reasons why that will not do. */
final class TargetPlan {
    private static final int MOST_NAME_BYTES = 63;

    private final PostgresTargetSettings settings;
    private final TableName table;
    private final Schema schema;
    private final int serverVersion;
    private final List<String> problems = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();

    private TargetPlan(PostgresTargetSettings settings, Schema schema, int serverVersion) {
        this.settings = settings;
        this.table = TableName.parse(settings.table());
        this.schema = schema;
        this.serverVersion = serverVersion;
    }

    /** The statements that make the table fit for these columns, none where it is; a user error that names all problems. */
    static List<String> of(
            PostgresTargetSettings settings, Schema schema, Optional<TargetTable> existing, int serverVersion) {
        TargetPlan plan = new TargetPlan(settings, schema, serverVersion);
        plan.checkNames();
        existing.ifPresentOrElse(plan::compare, plan::create);
        if (!plan.problems.isEmpty()) {
            throw MillraceException.user(plan.table + ": " + String.join("; ", plan.problems) + ".");
        }
        return List.copyOf(plan.changes);
    }

    private void checkNames() {
        if (schema.size() == 0) {
            problems.add("there is no column to write");
        }
        for (Field field : schema) {
            if (field.name().getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
                problems.add("the name of column '" + field.name() + "' is longer than the " + MOST_NAME_BYTES
                        + " bytes of a PostgreSQL name; derive it under another name");
            } else if (field.name().isEmpty() || field.name().indexOf('\0') >= 0) {
                problems.add("a column's name is empty or holds a NUL character; derive it under another name");
            }
        }
        if (settings.mode() instanceof Upsert upsert) {
            upsert.key().forEach(column -> requireField(column, "upsert.key"));
            upsert.orderBy().forEach(column -> requireField(column, "upsert.order_by"));
        }
        if (settings.mode() instanceof ReplaceWindow window) {
            requireField(window.timeColumn(), "replace_window.time_column");
            int position = schema.indexOf(window.timeColumn());
            DataType.Kind kind =
                    position < 0 ? null : schema.field(position).type().kind();
            if (kind != null && kind != DataType.Kind.TIMESTAMP && kind != DataType.Kind.DATE) {
                problems.add("replace_window.time_column '" + window.timeColumn() + "' is "
                        + schema.field(position).type() + "; it must be a timestamp or a date");
            }
        }
    }

    private void requireField(String name, String key) {
        if (!schema.contains(name)) {
            problems.add(key + " names '" + name + "', which the rows do not have"
                    + Suggestion.didYouMean(name, schema.names()).replace("?", "") + "; their columns are "
                    + String.join(", ", schema.names()));
        }
    }

    private void create() {
        List<String> key = settings.mode() instanceof Upsert upsert ? upsert.key() : List.of();
        List<String> definitions = new ArrayList<>();
        for (Field field : schema) {
            if (field.type() instanceof DataType.ListType list && list.element().kind() == DataType.Kind.LIST) {
                problems.add("column '" + field.name() + "' is " + field.type() + ", and arrays of arrays cannot be"
                        + " written; make it json");
            } else {
                definitions.add(ColumnDefinition.of(field, !field.nullable() || key.contains(field.name())));
            }
        }
        if (!key.isEmpty()) {
            definitions.add("PRIMARY KEY (" + Sql.identifiers(key) + ")");
        }
        change(
                "CREATE TABLE " + table.quoted() + " (" + String.join(", ", definitions) + ")",
                "there is no such table");
    }

    private void compare(TargetTable existing) {
        if (!existing.writable()) {
            problems.add("it is a view or a foreign table; only tables can be loaded");
            return;
        }
        checkRights(existing);
        for (Field field : schema) {
            existing.column(field.name()).ifPresentOrElse(column -> compare(field, column), () -> add(field));
        }
        for (TargetColumn column : existing.columns()) {
            if (column.notNull() && !column.filled() && !column.computed() && !schema.contains(column.name())) {
                problems.add("its column '" + column.name() + "' is NOT NULL without a default, and the rows lack it"
                        + Suggestion.didYouMean(column.name(), schema.names()).replace("?", ""));
            }
        }
        if (settings.mode() instanceof Upsert upsert
                && problems.isEmpty()
                && !existing.keys().contains(new HashSet<>(upsert.key()))) {
            problems.add("it has no unique index on exactly (" + String.join(", ", upsert.key())
                    + "), which upsert needs: CREATE UNIQUE INDEX ON " + table.quoted() + " ("
                    + Sql.identifiers(upsert.key()) + ")");
        }
        boolean deletes = settings.mode() instanceof Overwrite || settings.mode() instanceof ReplaceWindow;
        if (deletes && !existing.cascades().isEmpty()) {
            problems.add("replacing its rows would delete or change rows of other tables, by the foreign keys "
                    + String.join(", ", existing.cascades()) + "; use upsert, or change ON DELETE there");
        }
    }

    private void checkRights(TargetTable existing) {
        List<String> needed =
                switch (settings.mode().writeMode()) {
                    case APPEND -> List.of("INSERT");
                    case UPSERT -> List.of("INSERT", "SELECT", "UPDATE");
                    case OVERWRITE, REPLACE_WINDOW, OVERWRITE_PARTITIONS -> List.of("INSERT", "SELECT", "DELETE");
                };
        String missing =
                needed.stream().filter(existing.missingRights()::contains).collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new MillraceException(
                    ErrorKind.DENIED,
                    table + ": user '" + settings.user() + "' lacks the right to " + missing + ": GRANT " + missing
                            + " ON " + table.quoted() + " TO " + Sql.identifier(settings.user()) + ".");
        }
    }

    private void compare(Field field, TargetColumn column) {
        if (column.computed()) {
            problems.add("its column '" + column.name() + "' is filled by the server alone (GENERATED ALWAYS); leave it"
                    + " out of the rows");
            return;
        }
        Optional<String> wider = ColumnDefinition.wider(field.type(), column.type());
        if (wider.isPresent() && settings.schema() == SchemaPolicy.EVOLVE) {
            changes.add("ALTER TABLE " + table.quoted() + " ALTER COLUMN " + Sql.identifier(column.name()) + " TYPE "
                    + wider.get());
        } else if (CellEncoders.of(field.type(), column.type(), serverVersion).isEmpty()) {
            problems.add("its column '" + column.name() + "' is " + column.typeName() + ", which cannot take "
                    + field.type() + "; convert the rows by clean's types, or the column to "
                    + ColumnDefinition.sqlType(field.type()));
        }
    }

    private void add(Field field) {
        // Existing rows have no value for it, so that it can be null whatever the rows say.
        change(
                "ALTER TABLE " + table.quoted() + " ADD COLUMN " + ColumnDefinition.of(field, false),
                "it has no column '" + field.name() + "'");
    }

    private void change(String statement, String reason) {
        if (settings.schema() == SchemaPolicy.EVOLVE) {
            changes.add(statement);
        } else {
            problems.add(reason + ", and schema is freeze; use schema: evolve, or run " + statement);
        }
    }
}

package io.millrace.formats.json;

import io.millrace.api.MillraceException;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The columns that are read from documents, in order. Immutable.
 *
 * @param columns at least one, with distinct names
 */
public record JsonFields(List<JsonColumn> columns) implements Serializable {
    /** Throws a user error where names occur twice, or where two columns read into the same list. */
    public JsonFields {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw MillraceException.user("a schema needs at least one column");
        }
        for (int i = 0; i < columns.size(); i++) {
            for (int j = 0; j < i; j++) {
                check(columns.get(j), columns.get(i));
            }
        }
    }

    private static void check(JsonColumn one, JsonColumn other) {
        if (one.name().equals(other.name())) {
            throw MillraceException.user("the column '" + one.name() + "' occurs twice in the schema");
        }
        if (passesOnce(one, other) || passesOnce(other, one)) {
            throw MillraceException.user("the columns '" + one.name() + "' and '" + other.name()
                    + "' both read what is at " + (isList(one) ? one : other).path()
                    + "; read it once, as a list or as json");
        }
    }

    /** True where one column is a list, which is read as a whole, and the other leads to it or into it. */
    private static boolean passesOnce(JsonColumn list, JsonColumn other) {
        List<JsonPath.Step> steps = list.path().steps();
        List<JsonPath.Step> others = other.path().steps();
        boolean within =
                others.size() >= steps.size() && others.subList(0, steps.size()).equals(steps);
        boolean whole = others.size() == steps.size() && other.type().kind() == DataType.Kind.JSON;
        return isList(list) && within && !whole;
    }

    private static boolean isList(JsonColumn column) {
        return column.type().kind() == DataType.Kind.LIST;
    }

    /** The columns of a {@code schema:} block, in the order in which it names them. */
    public static JsonFields of(Map<String, JsonFieldSettings> settings) {
        List<JsonColumn> columns = new ArrayList<>();
        settings.forEach((name, field) -> columns.add(field.column(name)));
        return new JsonFields(columns);
    }

    public Schema schema() {
        return Schema.of(columns.stream().map(JsonColumn::field).toList());
    }

    /** A text of these fields, for pins and splits, that {@link #parse} reads back. */
    public String text() {
        return JsonFieldsText.write(this);
    }

    /** Reads what {@link #text} returned; IllegalArgumentException for anything else. */
    public static JsonFields parse(String text) {
        return JsonFieldsText.read(text);
    }

    /**
     * A decoder that appends to a builder's columns from {@code firstColumn} on, which must have the types of these fields.
     * Columns before and behind are the caller's to append.
     */
    public JsonDecoder decoder(BatchBuilder builder, int firstColumn, JsonLimits limits) {
        return new JsonDecoder(this, builder, firstColumn, limits);
    }
}

package io.millrace.core.lookup;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a table a look-up keeps, and what for.
 *
 * @param kept keys, then validity, then the other answers, each column once
 * @param keys how many of {@code kept} are keys
 * @param validFrom its position in {@code kept}, or -1
 * @param validTo its position in {@code kept}, or -1
 * @param answers positions in {@code kept}, in the order of the answers
 */
record TableLayout(Schema kept, int keys, int validFrom, int validTo, List<Integer> answers) {
    /** A user error where the table lacks a column, or has it in a type that does not do. */
    static TableLayout of(LookupRequest request, Schema table) {
        Set<String> names = new LinkedHashSet<>();
        for (String key : request.keys()) {
            Field field = require(table, key, "on");
            if (!KeyTypes.canBeKey(field.type())) {
                throw MillraceException.user("on: their column '" + key + "' is " + field.type()
                        + ", whose equal values may be written in several ways; convert it in a query or view to a"
                        + " string, an integer or a decimal");
            }
            names.add(key);
        }
        request.validity().ifPresent(validity -> {
            Field from = validity(table, validity.from(), "as_of.valid_from");
            names.add(validity.from());
            validity.to().ifPresent(name -> {
                Field to = validity(table, name, "as_of.valid_to");
                if (!to.type().equals(from.type())) {
                    throw MillraceException.user("as_of: valid_from '" + from.name() + "' is " + from.type()
                            + " and valid_to '" + name + "' is " + to.type() + "; they must be of one type");
                }
                names.add(name);
            });
        });
        List<String> wanted = request.columns().isEmpty() && !request.existenceOnly()
                ? table.names().stream().filter(name -> !names.contains(name)).toList()
                : request.columns();
        wanted.forEach(name -> require(table, name, "add"));
        names.addAll(wanted);
        Schema kept = table.project(new ArrayList<>(names));
        return new TableLayout(
                kept,
                request.keys().size(),
                request.validity()
                        .map(validity -> kept.indexOf(validity.from()))
                        .orElse(-1),
                request.validity().flatMap(Validity::to).map(kept::indexOf).orElse(-1),
                wanted.stream().map(kept::indexOf).toList());
    }

    private static Field validity(Schema table, String name, String key) {
        Field field = require(table, name, key);
        if (field.type().kind() != Kind.TIMESTAMP && field.type().kind() != Kind.DATE) {
            throw MillraceException.user(key + ": their column '" + name + "' is " + field.type() + ", not "
                    + DataType.TIMESTAMP + " or " + DataType.DATE);
        }
        return field;
    }

    private static Field require(Schema table, String name, String key) {
        try {
            return table.field(table.require(name));
        } catch (MillraceException unknown) {
            throw unknown.during(key + ", in the table to look up in");
        }
    }

    /** The columns of the answers. */
    Schema answerSchema() {
        return Schema.of(answers.stream().map(kept::field).toList());
    }

    /** What keys and event times are compared with. */
    Schema keySchema() {
        List<Field> fields = new ArrayList<>(kept.fields().subList(0, keys));
        if (validFrom >= 0 && kept.indexOf(kept.field(validFrom).name()) >= keys) {
            fields.add(kept.field(validFrom));
        }
        return Schema.of(fields);
    }
}

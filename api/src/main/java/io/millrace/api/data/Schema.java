package io.millrace.api.data;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The ordered, uniquely named fields of a batch. Immutable. */
public final class Schema implements Serializable, Iterable<Field> {
    private static final long serialVersionUID = 1;

    private final List<Field> fields;
    private final Map<String, Integer> positions;

    private Schema(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.positions = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            if (positions.put(fields.get(i).name(), i) != null) {
                throw new IllegalArgumentException("column '" + fields.get(i).name() + "' occurs twice");
            }
        }
    }

    /** A schema of these fields, in this order. Throws IllegalArgumentException where a name occurs twice. */
    public static Schema of(List<Field> fields) {
        return new Schema(fields);
    }

    /** A schema of these fields, in this order. Throws IllegalArgumentException where a name occurs twice. */
    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public List<Field> fields() {
        return fields;
    }

    public int size() {
        return fields.size();
    }

    public Field field(int position) {
        return fields.get(position);
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    public boolean contains(String name) {
        return positions.containsKey(name);
    }

    /** The field's position, or -1 where there is none of this name. */
    public int indexOf(String name) {
        return positions.getOrDefault(name, -1);
    }

    /** The field's position; a user error that names the nearest column where there is none of this name. */
    public int require(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw MillraceException.user("there is no column '" + name + "' here"
                    + Suggestion.didYouMean(name, positions.keySet()) + "; the columns are "
                    + String.join(", ", names()));
        }
        return position;
    }

    /** This schema with the field at a position replaced. */
    public Schema with(int position, Field field) {
        List<Field> changed = new ArrayList<>(fields);
        changed.set(position, field);
        return new Schema(changed);
    }

    /** Only these columns, in this order. */
    public Schema project(List<String> names) {
        return new Schema(names.stream().map(name -> fields.get(require(name))).toList());
    }

    @Override
    public Iterator<Field> iterator() {
        return fields.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schema schema && fields.equals(schema.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}

package io.millrace.api.data;

import java.io.Serializable;
import java.util.Objects;

/** A named column of a {@link Schema}. Names are case-sensitive and may hold any character. */
public record Field(String name, DataType type, boolean nullable) implements Serializable {
    public Field {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** A nullable field. */
    public static Field of(String name, DataType type) {
        return new Field(name, type, true);
    }

    /** This field with another type. */
    public Field withType(DataType newType) {
        return new Field(name, newType, nullable);
    }

    /** This field, nullable or not. */
    public Field withNullable(boolean newNullable) {
        return new Field(name, type, newNullable);
    }

    @Override
    public String toString() {
        return name + " " + type + (nullable ? "" : " not null");
    }
}

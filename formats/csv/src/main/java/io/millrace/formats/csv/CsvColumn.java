package io.millrace.formats.csv;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A column that is read from records.
 *
 * @param name in the header; without headers the place among the columns counts
 * @param required true where a null is refused
 * @param zone of timestamps written without an offset; empty: UTC
 */
public record CsvColumn(String name, DataType type, boolean required, Optional<ZoneId> zone) implements Serializable {
    public CsvColumn {
        if (type.kind() == DataType.Kind.LIST || type.kind() == DataType.Kind.BINARY) {
            throw new IllegalArgumentException(
                    "column '" + name + "': a CSV value cannot be read as " + type + "; read it as string");
        }
    }

    /** This column as a field of a schema. */
    public Field field() {
        return new Field(name, type, !required);
    }
}

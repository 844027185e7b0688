package io.millrace.formats.json;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * A column that is read from documents.
 *
 * @param path where its values are
 * @param required true where a document without a value, or with null, is refused
 * @param epoch what numbers count, where the type is TIMESTAMP; empty: numbers are refused
 * @param zone of timestamps without an offset; empty: UTC
 */
public record JsonColumn(
        String name, JsonPath path, DataType type, boolean required, Optional<EpochUnit> epoch, Optional<ZoneId> zone)
        implements Serializable {
    public JsonColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(zone, "zone");
    }

    /** A column that is a key of the document itself, of the same name. */
    public static JsonColumn of(String name, DataType type) {
        return new JsonColumn(name, JsonPath.of(name), type, false, Optional.empty(), Optional.empty());
    }

    /** This column as a field of a schema. */
    public Field field() {
        return new Field(name, type, !required);
    }
}

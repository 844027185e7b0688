package io.millrace.connectors.kafka;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a message: those of its value first, then its metadata's.
 *
 * @param fields of JSON values
 * @param inferred the same where they were not declared
 * @param sampled how many messages they were inferred from, by whoever did
 */
record MessageColumns(
        Schema schema,
        ValueKind kind,
        Optional<JsonFields> fields,
        Optional<JsonFields> inferred,
        Optional<Integer> sampled,
        List<Metadata> metadata,
        KeyKind key) {
    /** The column of values that are not JSON. */
    static final String VALUE = "value";

    static MessageColumns ofSingleValue(KafkaSourceSettings settings) {
        DataType type = settings.value() == ValueKind.BYTES ? DataType.BINARY : DataType.STRING;
        boolean nullable = settings.tombstones() == Tombstones.KEEP;
        return of(
                settings,
                List.of(new Field(VALUE, type, nullable)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static MessageColumns ofFields(KafkaSourceSettings settings, JsonFields fields) {
        return of(settings, valueFields(settings, fields), Optional.of(fields), Optional.empty(), Optional.empty());
    }

    static MessageColumns ofInferred(KafkaSourceSettings settings, JsonFields fields, Optional<Integer> sampled) {
        return of(settings, valueFields(settings, fields), Optional.of(fields), Optional.of(fields), sampled);
    }

    /** A tombstone that is kept has none of the values. */
    private static List<Field> valueFields(KafkaSourceSettings settings, JsonFields fields) {
        return settings.tombstones() == Tombstones.KEEP
                ? fields.schema().fields().stream()
                        .map(field -> field.withNullable(true))
                        .toList()
                : fields.schema().fields();
    }

    private static MessageColumns of(
            KafkaSourceSettings settings,
            List<Field> values,
            Optional<JsonFields> fields,
            Optional<JsonFields> inferred,
            Optional<Integer> sampled) {
        List<Field> all = new ArrayList<>(values);
        settings.metadata().forEach(kind -> all.add(kind.field(settings.key())));
        try {
            return new MessageColumns(
                    Schema.of(all), settings.value(), fields, inferred, sampled, settings.metadata(), settings.key());
        } catch (IllegalArgumentException twice) {
            throw MillraceException.user("topic " + settings.topic() + ": " + twice.getMessage()
                    + ", once from the values and once from metadata; rename it under schema");
        }
    }

    /** How many columns the value has; the metadata's follow. */
    int valueColumns() {
        return schema.size() - metadata.size();
    }
}

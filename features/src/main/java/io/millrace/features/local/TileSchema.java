package io.millrace.features.local;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.features.BoundFeatures;
import java.util.ArrayList;
import java.util.List;

/** The columns of partial rows: the entity, the number of the tile, and the states of the measures. Immutable. */
public record TileSchema(Schema partial, int entityColumns, int stateColumns) {
    /** The number of the tile. */
    public static final String TILE = "#tile";

    public static TileSchema of(BoundFeatures features) {
        List<Field> fields = new ArrayList<>();
        for (String column : features.view().entity()) {
            fields.add(new Field(
                    column,
                    features.input().field(features.input().require(column)).type(),
                    false));
        }
        fields.add(new Field(TILE, DataType.INT64, false));
        fields.addAll(features.boundMeasures().states());
        return new TileSchema(
                Schema.of(fields),
                features.view().entity().size(),
                features.boundMeasures().states().size());
    }

    /** The types of the entity's columns. */
    public List<DataType> entityTypes() {
        return partial.fields().subList(0, entityColumns).stream()
                .map(Field::type)
                .toList();
    }

    /** The types of the entity's columns and the tile. */
    public List<DataType> keyTypes() {
        List<DataType> types = new ArrayList<>(entityTypes());
        types.add(DataType.INT64);
        return types;
    }

    /** The names of the entity's columns. */
    public List<String> entity() {
        return partial.names().subList(0, entityColumns);
    }

    /** A column without nulls of whole numbers. */
    public static Column numbers(long[] values) {
        return LongColumn.of(DataType.INT64, values.length, NullBitmap.NONE, values);
    }
}

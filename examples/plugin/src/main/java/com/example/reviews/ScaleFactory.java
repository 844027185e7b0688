package com.example.reviews;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** A transform on whole columns: {@code - scale: {column: rating, by: 0.2}}. Named in META-INF/services. */
public final class ScaleFactory implements TransformFactory<ScaleSettings> {
    @Override
    public String name() {
        return "scale";
    }

    @Override
    public Class<ScaleSettings> settings() {
        return ScaleSettings.class;
    }

    @Override
    public Transform create(ScaleSettings settings) {
        return (input, context) -> bind(settings, input, context);
    }

    /** Names and types are resolved here, once, so that the loop below works on plain arrays. */
    private static BoundTransform bind(ScaleSettings settings, Schema input, BindContext context) {
        int position = input.require(settings.column());
        DataType type = input.field(position).type();
        if (!type.equals(DataType.FLOAT64)) {
            throw MillraceException.user("scale is for float64, and '" + settings.column() + "' is " + type
                    + "; convert it with  clean: {types: …}  first");
        }
        return new Bound(input, position, settings.by());
    }

    private record Bound(Schema output, int position, double factor) implements BoundTransform {
        @Override
        public Batch apply(Batch input, Rejects rejects) {
            DoubleColumn column = (DoubleColumn) input.column(position);
            double[] values = column.values();
            double[] scaled = new double[input.rowCount()];
            for (int row = 0; row < scaled.length; row++) {
                scaled[row] = values[row] * factor;
            }
            List<Column> columns = new ArrayList<>(input.columns());
            columns.set(position, DoubleColumn.of(scaled.length, column.nulls(), scaled));
            return input.withColumns(output, columns);
        }
    }
}

package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.Field;
import io.millrace.formats.parquet.ParquetBatchReader;
import io.millrace.formats.parquet.RowGroupRange;
import io.millrace.storage.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads row groups of Parquet files. */
final class ParquetSplitReader extends SplitReader {
    private volatile ObjectBytes bytes;
    private ParquetBatchReader reader;

    ParquetSplitReader(
            Storage storage,
            SourceOptions options,
            SourceShape shape,
            String splitId,
            FileSplit split,
            Rejects rejects) {
        super(storage, options, shape, splitId, split, rejects);
    }

    @Override
    void begin(FilePart next) {
        bytes = new ObjectBytes(storage, next.object());
        Optional<RowGroupRange> groups =
                next.isWhole() ? Optional.empty() : Optional.of(new RowGroupRange((int) next.from(), (int) next.to()));
        reader = ParquetBatchReader.open(bytes, Optional.of(present()), groups, split.batchRows());
        for (Field found : reader.schema()) {
            Field wanted = shape.fileSchema().field(shape.fileSchema().indexOf(found.name()));
            if (!found.type().equals(wanted.type())) {
                throw MillraceException.user("column '" + found.name() + "' is " + found.type() + " in " + bytes.name()
                        + ", but " + wanted.type() + " elsewhere; read the files apart, or write them anew alike");
            }
        }
    }

    /** The columns to read that the file has. Where they are declared, a nullable one may be missing: it is null. */
    private List<String> present() {
        Set<String> names = new HashSet<>(ParquetBatchReader.columnNames(bytes));
        List<String> present = new ArrayList<>();
        for (Field field : shape.fileSchema()) {
            if (names.contains(field.name())) {
                present.add(field.name());
            } else if (options.schema().isEmpty() || !field.nullable()) {
                throw MillraceException.user("there is no column '" + field.name() + "' in " + bytes.name()
                        + (options.schema().isEmpty()
                                ? ", as in the first file; declare the columns under schema to read it as null"
                                : ", though schema requires it"));
            }
        }
        if (present.isEmpty()) {
            throw MillraceException.user(
                    "none of the columns " + shape.fileSchema().names() + " is in " + bytes.name());
        }
        return present;
    }

    @Override
    List<Column> read(List<Rejected> rejected) {
        Batch batch = reader.next();
        if (batch == null) {
            return null;
        }
        List<Column> columns = new ArrayList<>();
        for (Field field : shape.fileSchema()) {
            columns.add(
                    batch.schema().contains(field.name())
                            ? batch.column(field.name())
                            : nulls(field, batch.rowCount()));
        }
        return columns;
    }

    private static Column nulls(Field field, int rows) {
        ColumnBuilder builder = ColumnBuilder.of(field.type());
        for (int row = 0; row < rows; row++) {
            builder.appendNull();
        }
        return builder.build();
    }

    @Override
    void end() {
        ObjectBytes open = bytes;
        if (open != null) {
            open.close();
        }
    }
}

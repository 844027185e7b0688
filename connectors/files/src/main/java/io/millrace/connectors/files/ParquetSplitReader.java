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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Reads row groups of Parquet files. */
final class ParquetSplitReader extends SplitReader {
    private volatile ObjectBytes bytes;
    private volatile ObjectBytes preparedBytes;
    private ParquetBatchReader reader;
    private CompletableFuture<ParquetBatchReader> prepared;

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
        if (prepared == null) {
            bytes = new ObjectBytes(storage, next.object());
            stopIfClosed();
            reader = open(bytes, next);
        } else {
            bytes = preparedBytes;
            reader = prepared();
        }
        for (Field found : reader.schema()) {
            Field wanted = shape.fileSchema().field(shape.fileSchema().indexOf(found.name()));
            if (!found.type().equals(wanted.type())) {
                throw MillraceException.user("column '" + found.name() + "' is " + found.type() + " in " + bytes.name()
                        + ", but " + wanted.type() + " elsewhere; read the files apart, or write them anew alike");
            }
        }
    }

    /** Its footer is read, and its first row group. */
    @Override
    void prepare(FilePart next) {
        ObjectBytes ahead = new ObjectBytes(storage, next.object());
        preparedBytes = ahead;
        stopIfClosed();
        prepared = CompletableFuture.supplyAsync(() -> open(ahead, next), task -> {
            Thread opening = new Thread(task, "open-" + next.object().key());
            opening.setDaemon(true);
            opening.start();
        });
    }

    private ParquetBatchReader prepared() {
        try {
            return prepared.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Stopped.reading(bytes.name());
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(failure.getCause());
        } finally {
            prepared = null;
            preparedBytes = null;
        }
    }

    private ParquetBatchReader open(ObjectBytes source, FilePart next) {
        Optional<RowGroupRange> groups =
                next.isWhole() ? Optional.empty() : Optional.of(new RowGroupRange((int) next.from(), (int) next.to()));
        return ParquetBatchReader.open(source, Optional.of(present(source)), groups, split.batchRows());
    }

    private void stopIfClosed() {
        if (isClosed()) {
            stop();
        }
    }

    /** The columns to read that the file has. Where they are declared, a nullable one may be missing: it is null. */
    private List<String> present(ObjectBytes source) {
        Set<String> names = new HashSet<>(ParquetBatchReader.columnNames(source));
        List<String> present = new ArrayList<>();
        for (Field field : shape.fileSchema()) {
            if (names.contains(field.name())) {
                present.add(field.name());
            } else if (options.schema().isEmpty() || !field.nullable()) {
                throw MillraceException.user("there is no column '" + field.name() + "' in " + source.name()
                        + (options.schema().isEmpty()
                                ? ", as in the first file; declare the columns under schema to read it as null"
                                : ", though schema requires it"));
            }
        }
        if (present.isEmpty()) {
            throw MillraceException.user(
                    "none of the columns " + shape.fileSchema().names() + " is in " + source.name());
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
        bytes.close();
    }

    @Override
    void stop() {
        close(bytes);
        close(preparedBytes);
    }

    private static void close(ObjectBytes open) {
        if (open != null) {
            open.close();
        }
    }
}

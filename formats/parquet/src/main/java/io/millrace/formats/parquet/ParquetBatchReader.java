package io.millrace.formats.parquet;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Reads a Parquet file as batches, ours or a stranger's: primitives and lists of primitives. Integers keep their width, a
 * float becomes a double, a UUID text, a timestamp without zone UTC; structs, maps and times of day are a user error. One
 * thread.
 *
 * <p>A file that cannot be read, for whatever reason inside it, is a user error that names the file.
 */
public final class ParquetBatchReader implements AutoCloseable {
    private final Path path;
    private final int batchRows;
    private final ParquetFileReader file;
    private final MessageType message;
    private final FieldReader[] fields;
    private final Schema schema;
    private ColumnReader[] readers;
    private long rowsLeftInGroup;
    private long rowsRead;

    private ParquetBatchReader(Path path, int batchRows) throws IOException {
        this.path = path;
        this.batchRows = batchRows;
        // Parquet's own stream reports a missing file without its name.
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        this.file = ParquetFileReader.open(
                new LocalInputFile(path),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new PageDecompressors())
                        .build());
        boolean opened = false;
        try {
            this.message = file.getFileMetaData().getSchema();
            this.fields = fields(message);
            this.schema = Schema.of(IntStream.range(0, fields.length)
                    .mapToObj(i -> fields[i].field())
                    .toList());
            opened = true;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    /** Opens a file; batches have at most this many rows. */
    public static ParquetBatchReader open(Path path, int batchRows) {
        try {
            return new ParquetBatchReader(path, batchRows);
        } catch (IOException | RuntimeException | LinkageError failure) {
            throw unreadable(path, failure);
        }
    }

    /** The columns of a file. */
    public static Schema schema(Path path) {
        try (ParquetBatchReader reader = open(path, 1)) {
            return reader.schema();
        }
    }

    private static FieldReader[] fields(MessageType message) {
        List<ColumnDescriptor> leaves = message.getColumns();
        FieldReader[] fields = new FieldReader[message.getFieldCount()];
        for (int i = 0; i < fields.length; i++) {
            String name = message.getType(i).getName();
            ColumnDescriptor leaf = leaves.stream()
                    .filter(candidate -> candidate.getPath()[0].equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("column '" + name + "' is an empty group"));
            fields[i] = FieldReader.of(message.getType(i), leaf);
        }
        return fields;
    }

    public Schema schema() {
        return schema;
    }

    /** The rows of the whole file. */
    public long rowCount() {
        return file.getRecordCount();
    }

    /** The footer's key-value pairs. */
    public Map<String, String> metadata() {
        return file.getFileMetaData().getKeyValueMetaData();
    }

    /** The next rows, their origin numbered through the file, or null behind the last. */
    public Batch next() {
        try {
            while (rowsLeftInGroup == 0) {
                PageReadStore group = file.readNextRowGroup();
                if (group == null) {
                    return null;
                }
                begin(group);
            }
            int rows = (int) Math.min(batchRows, rowsLeftInGroup);
            BatchBuilder builder = new BatchBuilder(schema);
            for (int i = 0; i < fields.length; i++) {
                fields[i].read(readers[i], builder.column(i), rows);
            }
            Batch batch = builder.build(Origin.of(path.getFileName().toString(), rowsRead));
            rowsLeftInGroup -= rows;
            rowsRead += rows;
            return batch;
        } catch (IOException | RuntimeException | LinkageError failure) {
            throw unreadable(path, failure);
        }
    }

    private void begin(PageReadStore group) {
        ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                group,
                new IgnoredGroup(message),
                message,
                file.getFileMetaData().getCreatedBy());
        readers = new ColumnReader[fields.length];
        for (int i = 0; i < fields.length; i++) {
            readers[i] = store.getColumnReader(fields[i].descriptor());
        }
        rowsLeftInGroup = group.getRowCount();
    }

    private static MillraceException unreadable(Path path, Throwable failure) {
        if (failure instanceof MillraceException known) {
            return known;
        }
        if (failure instanceof NoSuchFileException) {
            return MillraceException.user("there is no file " + path);
        }
        if (failure instanceof AccessDeniedException) {
            return MillraceException.denied("the file " + path + " cannot be read: permission was refused", failure);
        }
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new MillraceException(
                ErrorKind.USER,
                "the file " + path + " cannot be read as Parquet: " + reason
                        + "; it is damaged, of another format, or uses what Millrace does not know",
                failure);
    }

    /** Does not throw. Idempotent. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException ignored) {
            // Nothing was written.
        }
    }
}

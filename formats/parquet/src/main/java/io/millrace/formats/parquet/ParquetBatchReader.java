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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads a Parquet file as batches, ours or a stranger's: primitives and lists of primitives. Integers keep their width, a
 * float becomes a double, a UUID text, a timestamp without zone UTC; structs, maps and times of day are a user error. One
 * thread.
 *
 * <p>A file that cannot be read, for whatever reason inside it, is a user error that names the file.
 */
public final class ParquetBatchReader implements AutoCloseable {
    private static final long BATCH_BYTES = 32 << 20;

    private final String name;
    private final Expecting source;
    private final int batchRows;
    private final ParquetFileReader file;
    private final MessageType message;
    private final FieldReader[] fields;
    private final Schema schema;
    private final int endGroup;
    private ColumnReader[] readers;
    private int nextGroup;
    private int rowsOfBatch;
    private long rowsLeftInGroup;
    private long rowsRead;

    private ParquetBatchReader(
            ParquetFileReader file,
            Expecting source,
            String name,
            Optional<List<String>> columns,
            Optional<RowGroupRange> groups,
            int batchRows) {
        this.file = file;
        this.source = source;
        this.name = name;
        this.batchRows = batchRows;
        this.nextGroup = groups.map(RowGroupRange::from).orElse(0);
        this.endGroup = groups.map(RowGroupRange::to).orElse(file.getRowGroups().size());
        MessageType whole = file.getFileMetaData().getSchema();
        this.message = columns.isEmpty() ? whole : projected(whole, columns.get());
        this.fields = fields(message);
        this.schema = Schema.of(IntStream.range(0, fields.length)
                .mapToObj(i -> fields[i].field())
                .toList());
        if (columns.isPresent()) {
            file.setRequestedSchema(message);
        }
        expect();
    }

    /** Opens a file; batches have at most this many rows. */
    public static ParquetBatchReader open(Path path, int batchRows) {
        // Parquet's own stream reports a missing file without its name.
        if (!Files.exists(path)) {
            throw unreadable(path.toString(), new NoSuchFileException(path.toString()));
        }
        return open(
                () -> new LocalInputFile(path),
                ranges -> {},
                path.toString(),
                Optional.empty(),
                Optional.empty(),
                batchRows);
    }

    /**
     * Opens a part of a file. The source is the caller's to close, behind this reader.
     *
     * @param columns to read, in this order, each of which the file must have; empty: all
     * @param groups the row groups to read; empty: all
     */
    public static ParquetBatchReader open(
            ByteSource source, Optional<List<String>> columns, Optional<RowGroupRange> groups, int batchRows) {
        return open(() -> new SourceInput(source), source::expect, source.name(), columns, groups, batchRows);
    }

    private interface Opening {
        InputFile open() throws IOException;
    }

    private interface Expecting {
        void expect(List<ByteRange> ranges);
    }

    private static ParquetBatchReader open(
            Opening opening,
            Expecting source,
            String name,
            Optional<List<String>> columns,
            Optional<RowGroupRange> groups,
            int batchRows) {
        ParquetFileReader file = null;
        try {
            file = openFile(opening.open());
            return new ParquetBatchReader(file, source, name, columns, groups, batchRows);
        } catch (IOException | RuntimeException | LinkageError failure) {
            close(file);
            throw unreadable(name, failure);
        }
    }

    static ParquetFileReader openFile(InputFile input) throws IOException {
        return ParquetFileReader.open(
                input,
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new PageDecompressors())
                        // Only pages that carry one are checked.
                        .usePageChecksumVerification(true)
                        .build());
    }

    /** The columns of a file. */
    public static Schema schema(Path path) {
        try (ParquetBatchReader reader = open(path, 1)) {
            return reader.schema();
        }
    }

    private static MessageType projected(MessageType whole, List<String> columns) {
        List<Type> types = new ArrayList<>();
        for (String column : columns) {
            if (!whole.containsField(column)) {
                throw new IllegalArgumentException("it has no column '" + column + "'");
            }
            types.add(whole.getType(column));
        }
        return new MessageType(whole.getName(), types);
    }

    /** The names of a file's columns, also of those that have no counterpart here. */
    public static List<String> columnNames(ByteSource source) {
        try (ParquetFileReader file = openFile(new SourceInput(source))) {
            return file.getFileMetaData().getSchema().getFields().stream()
                    .map(Type::getName)
                    .toList();
        } catch (IOException | RuntimeException | LinkageError failure) {
            throw unreadable(source.name(), failure);
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
                if (nextGroup >= endGroup) {
                    return null;
                }
                BlockMetaData group = file.getRowGroups().get(nextGroup);
                if (group.getRowCount() > 0) {
                    begin(file.readRowGroup(nextGroup));
                    rowsOfBatch = rowsOfBatch(group);
                }
                nextGroup++;
                expect();
            }
            int rows = (int) Math.min(rowsOfBatch, rowsLeftInGroup);
            BatchBuilder builder = new BatchBuilder(schema);
            for (int i = 0; i < fields.length; i++) {
                fields[i].read(readers[i], builder.column(i), rows);
            }
            Batch batch = builder.build(Origin.of(name, rowsRead));
            rowsLeftInGroup -= rows;
            rowsRead += rows;
            return batch;
        } catch (IOException | RuntimeException | LinkageError failure) {
            throw unreadable(name, failure);
        }
    }

    /** The chunks of the next row group may come while this one is decoded. */
    private void expect() {
        if (nextGroup < endGroup && nextGroup < file.getRowGroups().size()) {
            source.expect(file.getRowGroups().get(nextGroup).getColumns().stream()
                    .filter(chunk -> message.containsPath(chunk.getPath().toArray()))
                    .map(chunk -> new ByteRange(chunk.getStartingPos(), chunk.getTotalSize()))
                    .sorted(Comparator.comparingLong(ByteRange::from))
                    .toList());
        }
    }

    /** Fewer where rows are large: a batch has to fit into memory. */
    private int rowsOfBatch(BlockMetaData group) {
        long bytesOfRow = Math.max(1, group.getTotalByteSize() / group.getRowCount());
        return (int) Math.max(1, Math.min(batchRows, BATCH_BYTES / bytesOfRow));
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

    static MillraceException unreadable(String name, Throwable failure) {
        if (failure instanceof MillraceException known) {
            return known;
        }
        if (failure instanceof NoSuchFileException) {
            return MillraceException.user("there is no file " + name);
        }
        if (failure instanceof AccessDeniedException) {
            return MillraceException.denied("the file " + name + " cannot be read: permission was refused", failure);
        }
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new MillraceException(
                ErrorKind.USER,
                "the file " + name + " cannot be read as Parquet: " + reason
                        + "; it is damaged, of another format, or uses what Millrace does not know",
                failure);
    }

    List<BlockMetaData> rowGroups() {
        return file.getRowGroups();
    }

    /** Does not throw. Idempotent. */
    @Override
    public void close() {
        close(file);
    }

    private static void close(ParquetFileReader file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException ignored) {
            // Nothing was written.
        }
    }
}

package io.millrace.formats.parquet.partitioned;

import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Divides batches by the values of the partition columns, and takes those columns out. One thread. */
final class Partitioner {
    private static final int MOST_PARTITIONS = 50_000;

    /** @param partition null where its folder's name would be longer than file systems take */
    private record Known(byte[] key, Partition partition) {}

    private final Schema dataSchema;
    private final int[] dataPositions;
    private final int[] keyPositions;
    private final PartitionColumn[] keyColumns;
    private final String[] keyNames;
    private final KeyBuffer key = new KeyBuffer();
    private final List<Known> partitions = new ArrayList<>();
    /** Open addressing: numbers of partitions plus one, 0 where free. */
    private int[] slots = new int[1024];

    /** A user error where a column is unknown, cannot be a folder, or no column is left for the files. */
    Partitioner(Schema schema, List<String> partitionBy) {
        keyPositions = partitionBy.stream().mapToInt(schema::require).toArray();
        keyNames = partitionBy.toArray(String[]::new);
        keyColumns = Arrays.stream(keyPositions)
                .mapToObj(position -> PartitionColumn.of(schema.field(position)))
                .toArray(PartitionColumn[]::new);
        Set<String> names = new HashSet<>(partitionBy);
        List<Field> data = new ArrayList<>(schema.fields());
        data.removeIf(field -> names.contains(field.name()));
        if (data.isEmpty()) {
            throw MillraceException.user("partition_by names every column, so that none is left for the files; take one"
                    + " out of partition_by");
        }
        dataSchema = Schema.of(data);
        dataPositions =
                data.stream().mapToInt(field -> schema.indexOf(field.name())).toArray();
    }

    /** The columns inside the files. */
    Schema dataSchema() {
        return dataSchema;
    }

    /** Hands each partition's rows to its file, partition by partition. */
    void split(Batch batch, Rejects rejects, OpenPartitions outputs) throws IOException {
        int rows = batch.rowCount();
        int[] numbers = numbers(batch);
        int[] counts = new int[partitions.size()];
        for (int row = 0; row < rows; row++) {
            counts[numbers[row]]++;
        }
        int[][] grouped = new int[counts.length][];
        int[] filled = new int[counts.length];
        for (int row = 0; row < rows; row++) {
            int number = numbers[row];
            if (grouped[number] == null) {
                grouped[number] = new int[counts[number]];
            }
            grouped[number][filled[number]++] = row;
        }
        Batch data = batch.withColumns(dataSchema, columns(batch));
        for (int number = 0; number < grouped.length; number++) {
            if (grouped[number] == null) {
                continue;
            }
            Partition partition = partitions.get(number).partition();
            if (partition == null) {
                for (int row : grouped[number]) {
                    rejects.reject(batch, row, keyNames[0], "a folder name of at most 255 bytes was expected");
                }
            } else {
                outputs.write(partition, data.select(Selection.of(grouped[number], counts[number])));
            }
        }
        outputs.limitBuffers();
    }

    private List<Column> columns(Batch batch) {
        List<Column> columns = new ArrayList<>(dataPositions.length);
        for (int position : dataPositions) {
            columns.add(batch.column(position));
        }
        return columns;
    }

    /** Each row's partition. Neighbours mostly share theirs, so the last one is tried first. */
    private int[] numbers(Batch batch) {
        Column[] columns = new Column[keyPositions.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(keyPositions[i]);
        }
        int[] numbers = new int[batch.rowCount()];
        int last = -1;
        for (int row = 0; row < numbers.length; row++) {
            key.clear();
            for (int i = 0; i < columns.length; i++) {
                if (columns[i].isNull(row)) {
                    key.appendNull();
                } else {
                    keyColumns[i].appendKey(columns[i], row, key);
                }
            }
            if (last < 0 || !key.is(partitions.get(last).key())) {
                last = find(columns, row);
            }
            numbers[row] = last;
        }
        return numbers;
    }

    private int find(Column[] columns, int row) {
        int slot = key.hash() & slots.length - 1;
        while (slots[slot] != 0) {
            if (key.is(partitions.get(slots[slot] - 1).key())) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (partitions.size() == MOST_PARTITIONS) {
            throw MillraceException.user("partition_by " + String.join(", ", keyNames) + " makes more than "
                    + MOST_PARTITIONS + " folders of one piece; partition by something coarser, such as a date");
        }
        partitions.add(new Known(key.copy(), partition(columns, row)));
        slots[slot] = partitions.size();
        if (partitions.size() * 2 > slots.length) {
            grow();
        }
        return partitions.size() - 1;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int number = 0; number < partitions.size(); number++) {
            byte[] bytes = partitions.get(number).key();
            int slot = KeyBuffer.hash(bytes, bytes.length) & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = number + 1;
        }
    }

    private Partition partition(Column[] columns, int row) {
        List<String> values = new ArrayList<>();
        StringBuilder folder = new StringBuilder();
        for (int i = 0; i < columns.length; i++) {
            String value = columns[i].isNull(row) ? null : keyColumns[i].text(columns[i], row);
            String name = PartitionFolder.name(keyNames[i], value);
            if (name.getBytes(StandardCharsets.UTF_8).length > PartitionFolder.LONGEST_NAME) {
                return null;
            }
            folder.append(i == 0 ? "" : "/").append(name);
            values.add(value);
        }
        return new Partition(folder.toString(), values);
    }
}

package io.millrace.connectors.files;

import io.millrace.api.BatchReader;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.Field;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Selection;
import io.millrace.storage.Storage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads a split's parts one after another, and delivers the rows of its window, numbered through the split. */
abstract class SplitReader implements BatchReader {
    /** A record that no batch holds, and how many rows of the batch at hand came before it. */
    record Rejected(int before, RecordFailure failure, String place) {}

    final Storage storage;
    final SourceOptions options;
    final SourceShape shape;
    final FileSplit split;

    private final String splitId;
    private final Rejects rejects;
    private final Iterator<FilePart> parts;
    private final boolean remote;
    private final int timeColumn;
    private FilePart part;
    private FilePart following;
    private List<Object> given = List.of();
    private long delivered;
    private volatile boolean closed;

    SplitReader(
            Storage storage,
            SourceOptions options,
            SourceShape shape,
            String splitId,
            FileSplit split,
            Rejects rejects) {
        this.storage = storage;
        this.options = options;
        this.shape = shape;
        this.splitId = splitId;
        this.split = split;
        this.rejects = rejects;
        this.parts = split.parts().iterator();
        this.remote = Storage.isRemote(storage.root());
        this.following = parts.hasNext() ? parts.next() : null;
        this.timeColumn = shape.timeColumn().map(shape.readSchema()::indexOf).orElse(-1);
    }

    /** Begins a part. */
    abstract void begin(FilePart next);

    /** Begins to fetch a part that comes next, while another one is being read. Of remote files only. */
    abstract void prepare(FilePart next);

    /** The next rows of the part as columns of the files, or null behind the last; rejected records go to the list. */
    abstract List<Column> read(List<Rejected> rejected);

    /** Whether rows without a time are to be numbered and told of: they are in no window, and no plan has counted them. */
    boolean countsUntimed() {
        return false;
    }

    /** That many rows without a time were left out. */
    void untimed(int rows) {}

    /** Ends the part. */
    abstract void end();

    /** Ends the part, and what was prepared. Also called from another thread, at any time. */
    abstract void stop();

    @Override
    public final Batch next() {
        List<Rejected> rejected = new ArrayList<>();
        while (true) {
            if (closed) {
                throw Stopped.reading(name());
            }
            if (part == null) {
                if (following == null) {
                    return null;
                }
                part = following;
                following = parts.hasNext() ? parts.next() : null;
                given = partitionValues(part);
                begin(part);
                if (remote && following != null) {
                    prepare(following);
                }
            }
            rejected.clear();
            List<Column> columns = read(rejected);
            if (columns == null) {
                end();
                part = null;
                continue;
            }
            Batch batch = deliver(columns, rejected);
            if (batch != null) {
                return batch;
            }
        }
    }

    private String name() {
        return part == null ? "split " + splitId : storage.nameOf(part.object().key());
    }

    private List<Object> partitionValues(FilePart next) {
        String file = storage.nameOf(next.object().key());
        Map<String, String> texts = PartitionValues.of(next.object().key());
        List<Object> values = new ArrayList<>();
        for (Field field : shape.partitions()) {
            if (!texts.containsKey(field.name())) {
                throw MillraceException.user("no folder " + field.name() + "=… is in the path of " + file
                        + ", as in that of the first file");
            }
            values.add(PartitionValues.value(field.name(), texts.get(field.name()), field.type(), file));
        }
        return values;
    }

    private Batch deliver(List<Column> fileColumns, List<Rejected> rejected) {
        int rows = fileColumns.get(0).length();
        List<Column> columns = new ArrayList<>(fileColumns);
        for (int i = 0; i < given.size(); i++) {
            columns.add(constant(shape.partitions().get(i), given.get(i), rows));
        }
        Batch read = Batch.of(shape.readSchema(), rows, columns, null);
        Column times = split.window().isAll() ? null : columns.get(timeColumn);
        Selection kept = times == null ? null : split.window().rows(times);
        int count = kept == null ? rows : kept.count();
        int untimed = times == null || !countsUntimed() ? 0 : times.nulls().count(rows);
        long first = delivered;
        int[] numbers = null;
        if (rejected.isEmpty() && untimed == 0) {
            delivered += count;
        } else {
            numbers = number(rows, kept, count, untimed > 0 ? times : null, rejected);
        }
        if (untimed > 0) {
            untimed(untimed);
        }
        if (count == 0) {
            return null;
        }
        Batch selected = kept == null || count == rows ? read : read.select(kept);
        List<Column> output = new ArrayList<>();
        for (Field field : shape.output()) {
            output.add(selected.column(field.name()));
        }
        Origin origin = numbers == null ? Origin.of(splitId, first) : Origin.of(splitId, first, numbers);
        return Batch.of(shape.output(), count, output, origin);
    }

    /**
     * Numbers rows, those without a time and rejected records in the order of the file; returns the numbers of those kept.
     *
     * @param times null where rows without one have no number
     */
    private int[] number(int rows, Selection kept, int count, Column times, List<Rejected> rejected) {
        int[] numbers = new int[count];
        int next = 0;
        int given = 0;
        int told = 0;
        for (int row = 0; row <= rows; row++) {
            for (; told < rejected.size() && rejected.get(told).before() == row; told++) {
                Rejected one = rejected.get(told);
                rejects.reject(
                        splitId,
                        delivered + next++,
                        one.failure().column(),
                        one.failure().reason(),
                        one.place() + ": " + one.failure().raw());
            }
            if (given < count && (kept == null ? given : kept.row(given)) == row) {
                numbers[given++] = next++;
            } else if (row < rows && times != null && times.isNull(row)) {
                next++;
            }
        }
        delivered += next;
        return numbers;
    }

    private static Column constant(Field field, Object value, int rows) {
        ColumnBuilder builder = ColumnBuilder.of(field.type());
        for (int row = 0; row < rows; row++) {
            builder.append(value);
        }
        return builder.build();
    }

    @Override
    public final long rowsRead() {
        return delivered;
    }

    @Override
    public final void close() {
        closed = true;
        stop();
    }

    final boolean isClosed() {
        return closed;
    }
}

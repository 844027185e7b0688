package io.millrace.formats.parquet.partitioned;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.ByteSink;
import io.millrace.formats.parquet.ParquetBatchWriter;
import io.millrace.formats.parquet.ParquetOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files being written, one for each partition that had rows lately. A bounded number is open at once, and together
 * they buffer one row group; beyond that the least recently used file, or the largest row group, is ended. One thread.
 */
final class OpenPartitions {
    private static final int MOST_OPEN = 64;

    private record OpenFile(Partition partition, int number, ParquetBatchWriter writer) {}

    private final Schema schema;
    private final ParquetOptions options;
    private final long fileBytes;
    private final FileDestination destination;
    /** By folder: quicker to compare than all values. */
    private final Map<String, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);

    private final List<WrittenFile> finished = new ArrayList<>();
    private int begun;

    OpenPartitions(Schema schema, ParquetOptions options, long fileBytes, FileDestination destination) {
        this.schema = schema;
        this.options = options;
        this.fileBytes = fileBytes;
        this.destination = destination;
    }

    /** Appends rows to a partition. */
    void write(Partition partition, Batch batch) throws IOException {
        if (batch.rowCount() == 0) {
            return;
        }
        OpenFile file = open.get(partition.folder());
        if (file == null) {
            if (open.size() == MOST_OPEN) {
                finish(open.keySet().iterator().next());
            }
            int number = begun++;
            file = new OpenFile(partition, number, writer(destination.create(partition, number)));
            open.put(partition.folder(), file);
        }
        file.writer().write(batch);
        if (file.writer().estimatedBytes() >= fileBytes) {
            finish(partition.folder());
        }
    }

    private ParquetBatchWriter writer(ByteSink sink) throws IOException {
        ParquetBatchWriter writer = null;
        try {
            writer = new ParquetBatchWriter(sink, schema, options);
            return writer;
        } finally {
            if (writer == null) {
                sink.close();
            }
        }
    }

    /** Keeps the sum of all buffers near one row group; called after each batch. */
    void limitBuffers() throws IOException {
        if (open.size() < 2) {
            return;
        }
        long total = 0;
        ParquetBatchWriter largest = null;
        for (OpenFile file : open.values()) {
            total += file.writer().bufferedBytes();
            if (largest == null || file.writer().bufferedBytes() > largest.bufferedBytes()) {
                largest = file.writer();
            }
        }
        if (largest != null && total > options.rowGroupBytes()) {
            largest.endRowGroup();
        }
    }

    private void finish(String folder) throws IOException {
        OpenFile file = open.get(folder);
        finished.add(
                new WrittenFile(file.partition(), file.number(), file.writer().finish()));
        file.writer().close();
        open.remove(folder);
    }

    /** Completes all files. */
    List<WrittenFile> finish() throws IOException {
        for (String folder : new ArrayList<>(open.keySet())) {
            finish(folder);
        }
        return finished;
    }

    int begun() {
        return begun;
    }

    /** Closes what is open; never throws. */
    void close() {
        for (OpenFile file : open.values()) {
            try {
                file.writer().close();
            } catch (IOException ignored) {
                // Nothing of an incomplete file is used.
            }
        }
        open.clear();
    }
}

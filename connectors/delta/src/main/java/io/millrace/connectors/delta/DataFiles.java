package io.millrace.connectors.delta;

import io.millrace.formats.parquet.ByteSink;
import io.millrace.formats.parquet.partitioned.FileDestination;
import io.millrace.formats.parquet.partitioned.Partition;
import io.millrace.formats.parquet.partitioned.WrittenFile;
import io.millrace.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data files of one attempt at a piece. One thread. */
final class DataFiles implements FileDestination {
    private final Storage storage;
    private final String prefix;
    private final String uniqueName;
    private final List<String> partitionBy;
    private final List<DataFileSink> sinks = new ArrayList<>();

    /**
     * @param prefix begins all keys
     * @param uniqueName begins the names of this attempt's files, and of no other's
     */
    DataFiles(Storage storage, String prefix, String uniqueName, List<String> partitionBy) {
        this.storage = storage;
        this.prefix = prefix;
        this.uniqueName = uniqueName;
        this.partitionBy = partitionBy;
    }

    @Override
    public ByteSink create(Partition partition, int number) {
        String folder = partition.folder().isEmpty() ? "" : partition.folder() + "/";
        DataFileSink sink = new DataFileSink(storage, prefix + folder + uniqueName + "-" + number + ".parquet");
        sinks.add(sink);
        return sink;
    }

    List<DataFile> described(List<WrittenFile> files) {
        return files.stream().map(this::described).toList();
    }

    private DataFile described(WrittenFile file) {
        DataFileSink sink = sinks.get(file.number());
        return new DataFile(
                sink.key(),
                sink.object().size(),
                sink.object().modified().toEpochMilli(),
                file.summary().rows(),
                partition(file.partition()),
                FileStatistics.json(file.summary()));
    }

    /** In Delta, too, an empty text is null. */
    private Map<String, String> partition(Partition partition) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < partitionBy.size(); i++) {
            String value = partition.values().get(i);
            values.put(partitionBy.get(i), value == null || value.isEmpty() ? null : value);
        }
        return values;
    }

    /** Removes all files, complete or not, as far as possible; closed before. */
    void remove() {
        try {
            storage.delete(sinks.stream().map(DataFileSink::key).toList());
        } catch (RuntimeException left) {
            // The next cleanup removes them.
        }
    }
}

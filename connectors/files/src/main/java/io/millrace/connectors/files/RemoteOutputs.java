package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.WriteTask;
import io.millrace.formats.parquet.ByteSink;
import io.millrace.formats.parquet.partitioned.FileDestination;
import io.millrace.formats.parquet.partitioned.Partition;
import io.millrace.formats.parquet.partitioned.SafeName;
import io.millrace.formats.parquet.partitioned.WrittenFile;
import io.millrace.storage.StagedUpload;
import io.millrace.storage.Storage;
import io.millrace.storage.Upload;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The files of one attempt, each an upload to the key that it will have. One thread. */
final class RemoteOutputs implements FileDestination {
    private final Storage storage;
    private final WriteTask task;
    private final String stem;
    private final Map<Integer, StagedUpload> complete = new HashMap<>();

    RemoteOutputs(Storage storage, WriteTask task) {
        this.storage = storage;
        this.task = task;
        // The unique part is of this attempt alone: two may both be complete, of which one is committed.
        this.stem = "part-" + SafeName.of(task.unit()) + "-" + SafeName.of(task.piece())
                + RemoteLayout.mark(task.lineage())
                + UUID.randomUUID().toString().substring(0, 8) + "-";
    }

    @Override
    public ByteSink create(Partition partition, int number) {
        String name = stem + number + DataFiles.SUFFIX;
        String key = partition.folder().isEmpty() ? name : partition.folder() + "/" + name;
        int length = storage.nameOf(key).getBytes(StandardCharsets.UTF_8).length;
        if (length > RemoteLayout.LONGEST_KEY) {
            throw MillraceException.user("the object name of partition '" + partition.folder() + "' would have "
                    + length + " bytes, more than the " + RemoteLayout.LONGEST_KEY
                    + " of S3; shorten the partition's values");
        }
        Upload upload = storage.upload(key);
        return new ByteSink() {
            @Override
            public void write(byte[] source, int from, int bytes) {
                upload.write(source, from, bytes);
            }

            @Override
            public void complete() {
                complete.put(number, upload.finish());
            }

            @Override
            public String name() {
                return storage.nameOf(key);
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    StagedObject staged(WrittenFile file) {
        return new StagedObject(
                complete.get(file.number()),
                file.partition().folder(),
                file.summary().rows(),
                file.summary().crc32c());
    }

    WriteTask task() {
        return task;
    }

    /** Aborts the uploads that are complete; never throws. */
    void abort() {
        complete.values().forEach(upload -> {
            try {
                storage.abort(upload.open());
            } catch (MillraceException left) {
                // The next cleanup aborts it.
            }
        });
    }
}

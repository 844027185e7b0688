package io.millrace.connectors.files;

import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.data.Batch;
import io.millrace.formats.parquet.partitioned.PartitionedWriter;
import java.io.IOException;
import java.util.List;

/** Writes one piece into uploads. */
final class RemoteStagingWriter implements StagingWriter {
    private final RemoteOutputs outputs;
    private final PartitionedWriter writer;
    private final LineageLog log;
    private boolean ended;

    /** @param writer its destination is {@code outputs} */
    RemoteStagingWriter(RemoteOutputs outputs, PartitionedWriter writer, LineageLog log) {
        this.outputs = outputs;
        this.writer = writer;
        this.log = log;
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        Failpoint.MID_WRITE.reached();
        try {
            writer.write(batch, rejects);
        } catch (IOException impossible) {
            throw MillraceException.unavailable("cannot write to S3: " + impossible.getMessage(), impossible);
        }
    }

    @Override
    public Staged stage() {
        try {
            List<StagedObject> objects =
                    writer.finish().stream().map(outputs::staged).toList();
            log.require(outputs.task().fence(), 0);
            ended = true;
            return StagedObject.staged(objects);
        } catch (IOException impossible) {
            throw MillraceException.unavailable("cannot write to S3: " + impossible.getMessage(), impossible);
        }
    }

    @Override
    public void abort() {
        if (!ended) {
            ended = true;
            writer.close();
            outputs.abort();
        }
    }

    @Override
    public void close() {
        abort();
    }
}

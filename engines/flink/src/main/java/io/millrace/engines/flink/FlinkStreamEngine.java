package io.millrace.engines.flink;

import io.millrace.core.run.StopSignal;
import io.millrace.core.stream.StreamEngine;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamJob;
import io.millrace.core.stream.StreamListener;
import io.millrace.core.stream.StreamStart;
import io.millrace.core.stream.StreamStatus;

/** Runs streams on Flink, within this process. */
public final class FlinkStreamEngine implements StreamEngine {
    /** For {@link java.util.ServiceLoader}. */
    public FlinkStreamEngine() {}

    @Override
    public StreamStatus run(StreamJob job, StreamStart start, StopSignal stop, StreamListener listener) {
        StreamFolder folder = StreamFolder.of(job.stateFolder(), job.pipeline());
        try (StreamLock lock = StreamLock.take(folder.lock(), job.pipeline());
                StreamBeginning beginning = new StreamBeginning(job, folder)) {
            Beginning begun = ConnectorThread.as(beginning.loader(), () -> beginning.begin(start));
            return new RunningStream(begun, folder, stop, listener).run();
        }
    }
}

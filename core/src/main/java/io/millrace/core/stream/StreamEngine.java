package io.millrace.core.stream;

import io.millrace.core.run.StopSignal;

/** Runs pipelines without end. Found by {@link java.util.ServiceLoader}: an engine has a class path of its own. */
public interface StreamEngine {
    /**
     * Runs a stream until it is asked to stop, or fails for good. What it has read so far is then in the target, and the next
     * call goes on behind it.
     *
     * @return how it ended; a failure is in it
     * @throws io.millrace.api.MillraceException where it could not begin; nothing was written then
     */
    StreamStatus run(StreamJob job, StreamStart start, StopSignal stop, StreamListener listener);
}

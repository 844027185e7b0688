package io.millrace.engines.spark.batch;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.run.StopCheck;
import org.apache.spark.TaskContext;

/** Ends a task's work where Spark has killed the task: the job was cancelled, or a speculative twin was faster. */
record TaskStop(TaskContext task) implements StopCheck {
    @Override
    public void check() {
        if (task.isInterrupted()) {
            throw new MillraceException(
                    ErrorKind.STOPPED,
                    "the task was killed: " + task.getKillReason().getOrElse(() -> "no reason given"));
        }
    }
}

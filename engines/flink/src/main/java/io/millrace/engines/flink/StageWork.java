package io.millrace.engines.flink;

import io.millrace.api.Failpoint;
import io.millrace.api.data.Batch;
import io.millrace.core.step.BoundChain;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * What a subtask does with the rows of its stage: passes them through the stage's steps, then to the target or to the next
 * stage, and tells of it in one {@link Piece} for each checkpoint. One thread.
 */
final class StageWork implements AutoCloseable {
    private final StreamParts parts;
    private final int stage;
    private final String task;
    private final BoundChain steps;
    private final Optional<Exchange> exchange;
    private final Optional<PieceWriter> writer;
    private OpenPiece piece;

    /**
     * @param after the checkpoint behind which it begins
     * @param next takes what goes to the next stage
     */
    StageWork(StreamParts parts, int stage, Subtask subtask, long after, Consumer<byte[]> next) {
        StreamStages stages = parts.stages();
        this.parts = parts;
        this.stage = stage;
        this.task = stage == 0 ? Integer.toString(subtask.index()) : stage + "-" + subtask.index();
        this.steps = stages.rowSteps(stage).bind(List.of());
        if (stage < stages.last()) {
            this.exchange =
                    Optional.of(new Exchange(stages.arriving(stage + 1), stages.key(stage + 1), subtask.count(), next));
            this.writer = Optional.empty();
        } else {
            this.exchange = Optional.empty();
            this.writer = Optional.of(PieceWriter.of(parts, subtask.index(), subtask.attempt(), after));
        }
        this.piece = newPiece();
    }

    /** Which of a stage's subtasks one is. */
    record Subtask(int index, int count, int attempt) {
        static Subtask of(RuntimeContext context) {
            TaskInfo task = context.getTaskInfo();
            return new Subtask(
                    task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks(), task.getAttemptNumber());
        }
    }

    private OpenPiece newPiece() {
        return new OpenPiece(
                parts.pendingFolder(), parts.lineage().id(), parts.stages().groups(stage));
    }

    /** Of the rows since the last checkpoint. */
    OpenPiece piece() {
        return piece;
    }

    /** Takes rows, and returns what has come out of the steps. */
    Batch take(Batch rows) {
        Batch output = steps.apply(rows, piece.rejects());
        Failpoint.AFTER_TRANSFORM.reached();
        if (exchange.isPresent()) {
            piece.passed(output.rowCount());
        } else {
            piece.transformed(output.rowCount());
        }
        if (output.rowCount() > 0) {
            exchange.ifPresent(next -> next.send(output));
            writer.ifPresent(target -> {
                Failpoint.BEFORE_WRITE.reached();
                target.write(output, piece.rejects().at("load"));
            });
        }
        return output;
    }

    /** Makes durable what belongs to a checkpoint; the piece that tells of it, where there is anything to tell. */
    Optional<byte[]> end(long checkpoint, OptionalLong watermark) {
        Failpoint.BEFORE_STAGE.reached();
        PieceWriter.Written written =
                writer.map(target -> target.end(checkpoint)).orElse(PieceWriter.Written.NOTHING);
        Optional<byte[]> ended = Optional.empty();
        if (!piece.isEmpty()) {
            ended = Optional.of(piece.end(checkpoint, task, written, watermark).toBytes());
            piece = newPiece();
        }
        Failpoint.AFTER_STAGE.reached();
        return ended;
    }

    @Override
    public void close() {
        writer.ifPresent(PieceWriter::close);
        piece.discard();
        steps.close();
    }
}

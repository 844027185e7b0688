package io.millrace.engines.flink;

import io.millrace.api.Failpoint;
import io.millrace.api.Message;
import io.millrace.api.data.Batch;
import io.millrace.core.step.BoundChain;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Makes batches of messages, passes them through the steps, and writes them: all in one, so that rows are never taken apart
 * for Flink. It keeps no state: before a checkpoint's barrier everything that was read is written, and handed on as one
 * {@link Piece}.
 */
final class IntakeOperator extends AbstractStreamOperator<byte[]> implements OneInputStreamOperator<byte[], byte[]> {
    private static final long serialVersionUID = 1;
    /** How many batches' rows may wait in all partitions together. */
    private static final int HELD_BATCHES = 4;

    private final String key;
    private transient StreamParts parts;
    private transient Recovery recovery;
    private transient BoundChain steps;
    private transient PieceWriter writer;
    private transient Watermarks watermarks;
    private transient Map<Integer, PartitionRows> partitions;
    private transient OpenPiece piece;
    private transient int held;
    private transient boolean lingering;
    private transient long after;

    IntakeOperator(String key) {
        this.key = key;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        after = context.getRestoredCheckpointId().orElse(0);
    }

    @Override
    public void open() throws Exception {
        super.open();
        parts = StreamParts.of(key);
        recovery = new Recovery(parts);
        partitions = new TreeMap<>();
        recovery.guard(() -> {
            steps = parts.steps().bind(List.of());
            watermarks = new Watermarks(parts.settings(), parts.steps());
            writer = PieceWriter.of(
                    parts, subtask(), getRuntimeContext().getTaskInfo().getAttemptNumber(), after);
            piece = newPiece();
        });
    }

    private int subtask() {
        return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    private OpenPiece newPiece() {
        return new OpenPiece(parts.pendingFolder(), parts.lineage().id());
    }

    @Override
    public void processElement(StreamRecord<byte[]> element) throws Exception {
        recovery.guard(() -> {
            Message message =
                    MessageBytes.decode(element.getValue(), parts.source().topic());
            PartitionRows rows = partitions.computeIfAbsent(
                    message.partition(),
                    partition -> new PartitionRows(
                            parts.source().rows(), partition, parts.options().batchRows()));
            if (!rows.takes(message)) {
                flush(rows);
            }
            piece.read(message.partition(), message.offset());
            if (rows.add(message, piece.rejects().at("extract"), now())) {
                held++;
                linger();
            }
            if (held >= HELD_BATCHES * parts.options().batchRows()) {
                flush();
            }
        });
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    private void linger() {
        if (!lingering) {
            lingering = true;
            getProcessingTimeService()
                    .registerTimer(now() + parts.settings().linger().toMillis(), time -> {
                        lingering = false;
                        recovery.guard(this::flush);
                    });
        }
    }

    private void flush() {
        partitions.values().forEach(this::flush);
    }

    private void flush(PartitionRows rows) {
        if (rows.count() == 0) {
            return;
        }
        held -= rows.count();
        Failpoint.MID_READ.reached();
        Batch source = rows.take();
        Batch output = steps.apply(source, piece.rejects());
        Failpoint.AFTER_TRANSFORM.reached();
        watermarks.saw(rows, source, output);
        piece.transformed(output.rowCount());
        if (output.rowCount() > 0) {
            Failpoint.BEFORE_WRITE.reached();
            writer.write(output, piece.rejects().at("load"));
        }
    }

    /** What waits here belongs before the watermark. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        recovery.guard(this::flush);
        super.processWatermark(mark);
    }

    /** What waits here belongs to the checkpoint: the source's offsets in it are behind it. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        recovery.guard(() -> {
            flush();
            Failpoint.BEFORE_STAGE.reached();
            PieceWriter.Written written = writer.end(checkpoint);
            if (!piece.isEmpty()) {
                Piece ended = piece.end(checkpoint, subtask(), written, watermarks.now(partitions.values(), now()));
                output.collect(new StreamRecord<>(ended.toBytes()));
                piece = newPiece();
            }
            Failpoint.AFTER_STAGE.reached();
        });
    }

    @Override
    public void close() throws Exception {
        if (writer != null) {
            writer.close();
        }
        if (piece != null) {
            piece.discard();
        }
        if (steps != null) {
            steps.close();
        }
        super.close();
    }
}

package io.millrace.engines.flink;

import io.millrace.api.Failpoint;
import io.millrace.api.Message;
import io.millrace.api.data.Batch;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

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
    private transient StageWork work;
    private transient Watermarks watermarks;
    private transient Map<Integer, PartitionRows> partitions;
    private transient int held;
    private transient boolean lingering;
    private transient long begun;
    private transient long told;
    private transient boolean idle;
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
            work = new StageWork(parts, 0, StageWork.Subtask.of(getRuntimeContext()), after, this::pass);
            watermarks = new Watermarks(parts.settings(), parts.stages().rowSteps(0));
        });
        begun = now();
        told = Long.MIN_VALUE;
        if (tells()) {
            tellLater();
        }
    }

    private boolean tells() {
        return parts.stages().last() > 0 && parts.settings().eventTime().isPresent();
    }

    private void pass(byte[] rows) {
        output.collect(new StreamRecord<>(rows));
    }

    @Override
    public void processElement(StreamRecord<byte[]> element) throws Exception {
        recovery.guard(() -> {
            byte[] bytes = element.getValue();
            Optional<int[]> assigned = MessageBytes.assigned(bytes);
            if (assigned.isPresent()) {
                Arrays.stream(assigned.get()).forEach(this::partition);
            } else {
                add(MessageBytes.decode(bytes, parts.source().topic()));
            }
        });
    }

    private PartitionRows partition(int number) {
        return partitions.computeIfAbsent(
                number,
                unknown -> new PartitionRows(
                        parts.source().rows(), number, parts.options().batchRows(), now()));
    }

    private void add(Message message) {
        PartitionRows rows = partition(message.partition());
        if (!rows.takes(message)) {
            flush(rows);
        }
        OpenPiece piece = work.piece();
        piece.read(message.partition(), message.offset());
        if (rows.add(message, piece.rejects().at("extract"), now())) {
            held++;
            linger();
        }
        if (held >= HELD_BATCHES * parts.options().batchRows()) {
            flush();
        }
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
        Batch output = work.take(source);
        watermarks.saw(rows, source, output);
    }

    /** Tells keyed steps how far event time has come: behind all rows that it was judged by. */
    private void tellLater() {
        long every = Math.min(
                parts.settings().linger().toMillis(),
                Math.max(1, parts.settings().idleness().toMillis() / 2));
        getProcessingTimeService().registerTimer(now() + every, time -> {
            recovery.guard(() -> {
                flush();
                tell();
            });
            tellLater();
        });
    }

    private void tell() {
        boolean nothingComes = watermarks.idle(partitions.values(), begun, now());
        if (nothingComes != idle) {
            idle = nothingComes;
            output.emitWatermarkStatus(idle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
        }
        OptionalLong reached = watermarks.now(partitions.values(), now());
        if (!idle && reached.isPresent() && Math.floorDiv(reached.getAsLong(), 1_000L) > told) {
            told = Math.floorDiv(reached.getAsLong(), 1_000L);
            output.emitWatermark(new Watermark(told));
        }
    }

    /** The source knows no event times. */
    @Override
    public void processWatermark(Watermark mark) {
        // Ours are told by a timer.
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // As are ours.
    }

    /** What waits here belongs to the checkpoint: the source's offsets in it are behind it. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        recovery.guard(() -> {
            flush();
            if (tells()) {
                // So that what the watermark in a checkpoint has ended is in that checkpoint.
                tell();
            }
            work.end(checkpoint, watermarks.now(partitions.values(), now()))
                    .ifPresent(piece -> output.collect(FlinkJob.PIECES, new StreamRecord<>(piece)));
        });
    }

    @Override
    public void close() throws Exception {
        if (work != null) {
            work.close();
        }
        super.close();
    }
}

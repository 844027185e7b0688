package io.millrace.engines.flink;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.ClaimStep;
import io.millrace.core.pipeline.StreamSettings;
import io.millrace.features.stream.BoundStreamedFeatures;
import io.millrace.features.stream.FeatureStore;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * A stage that begins with a keyed step. Rows come in batches, each for the keys of this subtask; what the step remembers is
 * Flink's keyed state, by bucket. Before a barrier and before the watermark goes on, whatever the step holds back is in the
 * state, and all rows that left it are with the target's writer or the next stage.
 */
final class KeyedOperator extends AbstractStreamOperator<byte[]>
        implements OneInputStreamOperator<byte[], byte[]>, Triggerable<Integer, Long> {
    private static final long serialVersionUID = 1;
    /** Names in checkpoints: never changed. */
    static final String WATERMARK = "watermark";

    private static final String TIMERS = "reminders";
    /** Which part of the memory is for what a view on the disk was last asked for. */
    private static final int RECENT_SHARE = 8;

    private final String key;
    private final int stage;
    private transient StreamParts parts;
    private transient Recovery recovery;
    private transient StageWork stageWork;
    private transient KeyedTask task;
    private transient KeyedStore store;
    private transient Schema arriving;
    private transient ListState<Long> savedWatermark;
    /** Microseconds. It never goes back, not even behind a failure: windows that were given out stay so. */
    private transient long watermark;

    private transient long after;

    KeyedOperator(String key, int stage) {
        this.key = key;
        this.stage = stage;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        after = context.getRestoredCheckpointId().orElse(0);
        savedWatermark = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(WATERMARK, LongSerializer.INSTANCE));
        watermark = Long.MIN_VALUE;
        for (long known : savedWatermark.get()) {
            watermark = Math.max(watermark, known);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        parts = StreamParts.of(key);
        recovery = new Recovery(parts);
        arriving = parts.stages().arriving(stage);
        store = store();
        recovery.guard(() -> {
            stageWork = new StageWork(parts, stage, StageWork.Subtask.of(getRuntimeContext()), after, this::pass);
            task = task();
        });
    }

    private KeyedStore store() throws Exception {
        MapState<String, byte[]> entries =
                getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, KeyedStore.ENTRIES);
        InternalTimerService<Long> timers = getInternalTimerService(TIMERS, LongSerializer.INSTANCE, this);
        boolean byEvents = parts.settings().eventTime().isPresent();
        return new KeyedStore(entries, this::reminders, this::setCurrentKey, millis -> {
            if (byEvents) {
                timers.registerEventTimeTimer(millis, millis);
            } else {
                timers.registerProcessingTimeTimer(millis, millis);
            }
        });
    }

    private ListState<String> reminders(long millis) {
        return Unchecked.get(() -> getPartitionedState(millis, LongSerializer.INSTANCE, KeyedStore.REMINDERS));
    }

    private KeyedTask task() {
        StepDefinition step = parts.stages().keyed(stage);
        StreamSettings settings = parts.settings();
        if (step instanceof ClaimStep claim) {
            OptionalInt eventTime = settings.eventTime()
                    .map(column -> OptionalInt.of(arriving.require(column)))
                    .orElse(OptionalInt.empty());
            List<String> columns = claim.step().key();
            return new SeenKeys(step.label(), arriving, columns, eventTime, settings.horizon(), store, this::time);
        }
        BoundKeyedStep bound = parts.stages().bound(stage);
        if (bound instanceof BoundStreamedFeatures features) {
            return featureTask(step.label(), features, settings.state());
        }
        Duration lateness = settings.allowedLateness();
        long late = lateness.toNanos() / 1_000;
        StreamClock clock = () -> watermark == Long.MIN_VALUE ? watermark : watermark - late;
        return bound.walk().isPresent()
                ? new OrderedRows(step.label(), arriving, bound, lateness, settings.horizon(), store, clock)
                : new OpenWindows(step.label(), arriving, bound, lateness, store, clock);
    }

    private FeatureTask featureTask(String label, BoundStreamedFeatures features, StreamSettings.KeyedState state) {
        FeatureStore entities = new KeyedFeatureStore(store);
        Runnable save = () -> {};
        if (state == StreamSettings.KeyedState.DISK) {
            int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
            RecentEntries recent =
                    new RecentEntries(entities, Runtime.getRuntime().maxMemory() / RECENT_SHARE / subtasks);
            entities = recent;
            save = recent::save;
        }
        return new FeatureTask(
                label,
                features,
                store,
                entities,
                save,
                this::time,
                this::later,
                this::now,
                () -> stageWork.piece(),
                this::take);
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime() * 1_000;
    }

    private void later(long millis, Runnable something) {
        ProcessingTimeService service = getProcessingTimeService();
        service.registerTimer(service.getCurrentProcessingTime() + millis, at -> turned(something::run));
    }

    private long time() {
        return parts.settings().eventTime().isPresent()
                ? watermark
                : getProcessingTimeService().getCurrentProcessingTime() * 1_000;
    }

    private void pass(byte[] rows) {
        output.collect(new StreamRecord<>(rows));
    }

    private void take(Batch rows) {
        stageWork.take(rows);
    }

    @Override
    public void processElement(StreamRecord<byte[]> element) throws Exception {
        turned(() -> {
            Batch rows = Exchange.receive(element.getValue(), arriving);
            stageWork.piece().arrived(rows.rowCount());
            task.add(rows, stageWork.piece(), this::take);
        });
    }

    /** Does something after Flink may have turned to any key. */
    private void turned(Recovery.Work work) throws Exception {
        recovery.guard(() -> {
            store.turned();
            work.perform();
        });
    }

    /** What is held back belongs before the watermark; what it ends goes on before it too. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        turned(task::beforeWatermark);
        if (mark.getTimestamp() > Long.MIN_VALUE / 1_000) {
            watermark = Math.max(watermark, mark.getTimestamp() * 1_000);
        }
        super.processWatermark(mark);
    }

    @Override
    public void onEventTime(InternalTimer<Integer, Long> timer) throws Exception {
        due(timer);
    }

    @Override
    public void onProcessingTime(InternalTimer<Integer, Long> timer) throws Exception {
        turned(task::flush);
        due(timer);
    }

    private void due(InternalTimer<Integer, Long> timer) throws Exception {
        turned(() -> {
            task.due(Buckets.of(timer.getKey()), timer.getNamespace(), stageWork.piece(), this::take);
            // Keys that are to be looked at again may be so within this very watermark.
            task.flush();
        });
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        turned(() -> {
            task.flush();
            stageWork
                    .end(checkpoint, OptionalLong.empty())
                    .ifPresent(piece -> output.collect(FlinkJob.PIECES, new StreamRecord<>(piece)));
        });
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        savedWatermark.update(List.of(watermark));
    }

    @Override
    public void close() throws Exception {
        if (stageWork != null) {
            stageWork.close();
        }
        super.close();
    }
}

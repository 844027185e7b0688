package io.millrace.engines.flink;

import io.millrace.api.Counts;
import io.millrace.core.engine.ErrorRate;
import io.millrace.core.stream.KeyedCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Collects all pieces of a checkpoint, and commits them when it is complete; one instance. Its state are the pieces that no
 * commit has taken up, and what all committed ones count together.
 *
 * <p>Pieces are committed under the checkpoint that they were made for, also where that one was never completed and a later
 * one took them along: a commit's content must be the same whenever it is tried.
 */
final class CommitOperator extends AbstractStreamOperator<byte[]> implements OneInputStreamOperator<byte[], byte[]> {
    private static final long serialVersionUID = 1;
    /** Names of states in checkpoints: never changed. */
    static final String PIECES = "pieces";

    static final String STATE = "state";
    /** From so many rows on the share of rejected ones is judged. */
    private static final long JUDGED_FROM = 10_000;

    private final String key;
    private transient StreamParts parts;
    private transient Recovery recovery;
    private transient PieceCommitter committer;
    private transient TreeMap<Long, List<Piece>> waiting;
    private transient ListState<byte[]> pieces;
    private transient ListState<byte[]> state;
    private transient Counts counts;
    private transient KeyedCounts keyed;
    /** Since the job began, or began again. */
    private transient Counts judged;

    CommitOperator(String key) {
        this.key = key;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        parts = StreamParts.of(key);
        pieces = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(PIECES, BytePrimitiveArraySerializer.INSTANCE));
        state = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(STATE, BytePrimitiveArraySerializer.INSTANCE));
        waiting = new TreeMap<>();
        counts = Counts.ZERO;
        keyed = KeyedCounts.NONE;
        judged = Counts.ZERO;
        for (byte[] known : state.get()) {
            counts = StreamState.of(known).counts();
            keyed = StreamState.of(known).keyed();
        }
        for (byte[] piece : pieces.get()) {
            add(Piece.of(piece));
        }
    }

    private void add(Piece piece) {
        waiting.computeIfAbsent(piece.checkpoint(), first -> new ArrayList<>()).add(piece);
    }

    /** What a checkpoint holds that we were started from is to be committed, whether or not that has been done. */
    @Override
    public void open() throws Exception {
        super.open();
        recovery = new Recovery(parts);
        committer = new PieceCommitter(parts, getRuntimeContext().getTaskInfo().getAttemptNumber());
        parts.progress().begins(counts, keyed);
        recovery.guard(() -> commit(Long.MAX_VALUE, true));
    }

    @Override
    public void processElement(StreamRecord<byte[]> element) {
        add(Piece.of(element.getValue()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<byte[]> all = new ArrayList<>();
        waiting.values().forEach(some -> some.forEach(piece -> all.add(piece.toBytes())));
        pieces.update(all);
        state.update(List.of(parts.state().with(counts, keyed).toBytes()));
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        recovery.guard(() -> commit(checkpoint, false));
    }

    private void commit(long upTo, boolean mayBeThere) {
        while (!waiting.isEmpty() && waiting.firstKey() <= upTo) {
            long checkpoint = waiting.firstKey();
            List<Piece> all = new ArrayList<>(waiting.get(checkpoint));
            // By name: a commit that is repeated has its pieces in the same order.
            all.sort(Comparator.comparing(Piece::task));
            judge(all);
            PieceCommitter.Sums sums = committer.commit(checkpoint, all, mayBeThere);
            counts = counts.plus(sums.rows());
            keyed = keyed.plus(sums.keyed());
            waiting.remove(checkpoint);
            parts.progress().committed(checkpoint, counts, keyed, all);
        }
        if (!keyed.balance(counts)) {
            throw new IllegalStateException("the rows of the stream do not add up: " + counts + ", " + keyed);
        }
    }

    private void judge(List<Piece> all) {
        for (Piece piece : all) {
            judged = judged.plus(piece.counts());
        }
        if (judged.extracted() >= JUDGED_FROM) {
            ErrorRate.checkFinal(judged, parts.options().maxErrorRate());
        }
    }
}

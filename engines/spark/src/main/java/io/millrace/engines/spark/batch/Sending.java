package io.millrace.engines.spark.batch;

import io.millrace.api.Staged;
import io.millrace.core.exchange.BlockReader;
import io.millrace.core.exchange.EncodedBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/** The records of a shuffle that a task makes of its pieces: their rows, read from its files, then the outcomes. */
final class Sending implements Iterator<Tuple2<Integer, byte[]>> {
    private final TaskFolder folder;
    private final Iterator<Staged> files;
    private final Iterator<byte[]> outcomes;
    private final List<Integer> markerBuckets;
    private int sender;
    private BlockReader open;

    private Sending(
            TaskFolder folder, Iterator<Staged> files, Iterator<byte[]> outcomes, List<Integer> buckets, int sender) {
        this.folder = folder;
        this.files = files;
        this.outcomes = outcomes;
        this.markerBuckets = buckets;
        this.sender = sender;
    }

    /**
     * @param passedOn outcomes that the task has received and sends on
     * @param markerBuckets of the next stage, those that are going to be read
     * @param sender the task's number, which spreads the outcomes over the buckets
     */
    static Sending of(
            TaskRecorder done, TaskFolder folder, Outcomes passedOn, List<Integer> markerBuckets, int sender) {
        List<byte[]> outcomes = new ArrayList<>(passedOn.encoded());
        Stream<byte[]> own = done.outcomes().stream().map(Outcome::toBytes);
        own.forEach(outcomes::add);
        Sending sending = new Sending(folder, done.exchanged().iterator(), outcomes.iterator(), markerBuckets, sender);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> sending.close());
        return sending;
    }

    @Override
    public boolean hasNext() {
        while (open == null || !open.hasNext()) {
            close();
            if (!files.hasNext()) {
                return outcomes.hasNext();
            }
            open = new BlockReader(folder.path(), files.next());
        }
        return true;
    }

    @Override
    public Tuple2<Integer, byte[]> next() {
        if (hasNext() && open != null) {
            EncodedBlock block = open.next();
            return new Tuple2<>(block.bucket(), Parcel.ofRows(block.bytes()));
        }
        int bucket = markerBuckets.get(Math.floorMod(sender++, markerBuckets.size()));
        return new Tuple2<>(bucket, Parcel.ofOutcome(outcomes.next()));
    }

    private void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}

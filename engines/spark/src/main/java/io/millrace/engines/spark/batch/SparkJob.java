package io.millrace.engines.spark.batch;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.core.engine.RunWork;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.run.CarriedJob;
import io.millrace.core.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/** One run as a Spark job: a stage of ours is a stage of Spark's. One use. */
final class SparkJob {
    /** More tasks than this cost the driver more than they balance. */
    private static final int MAX_TASKS = 10_000;

    private final SparkContext spark;
    private final RunWork work;
    private final int last;
    private final List<RemainingSplit> remaining;
    private final TaskRun run;

    SparkJob(SparkContext spark, CarriedJob job, CatalogSource catalogs, RunWork work) {
        this.spark = spark;
        this.work = work;
        this.last = work.steps().last();
        this.remaining = work.unfinished(last);
        this.run = new TaskRun(
                job,
                catalogs,
                work.runId(),
                work.seed(),
                work.started(),
                work.request().asOf(),
                work.request().lineage(),
                work.steps().chain().source(),
                work.pin().text(),
                work.plannedNow(),
                work.fence().epoch(),
                bucketCounts(),
                markerBuckets(),
                RunFiles.share(spark, work),
                spark.longAccumulator("millrace source rows"));
    }

    private List<Integer> bucketCounts() {
        return IntStream.rangeClosed(0, last)
                .mapToObj(stage -> stage == 0 ? 0 : work.splits(stage).size())
                .toList();
    }

    /** Of the last stage only what is unfinished is read; what lies before it is computed as a whole. */
    private List<List<Integer>> markerBuckets() {
        List<List<Integer>> read = new ArrayList<>();
        for (int stage = 0; stage <= last; stage++) {
            List<Split> splits = stage == last
                    ? remaining.stream().map(RemainingSplit::split).toList()
                    : work.splits(stage);
            read.add(
                    stage == 0
                            ? List.of()
                            : splits.stream()
                                    .map(split -> Integer.parseInt(split.payload()))
                                    .toList());
        }
        return List.copyOf(read);
    }

    void run() {
        List<Split> read = toRead().stream().map(RemainingSplit::split).toList();
        FailureWatch watch = new FailureWatch(work.stop(), this::cancel);
        RowProgress progress =
                new RowProgress(work.listener(), run.rows().id(), read.size() > MAX_TASKS ? List.of() : read);
        OutcomeDesk desk = new OutcomeDesk(work, progress, this::cancel);
        spark.addSparkListener(watch);
        spark.addSparkListener(progress);
        // Without interrupts: a task looks at every batch whether it may go on, and closes what it has open.
        spark.setJobGroup(work.runId(), "millrace " + work.request().lineage().pipeline(), false);
        work.stop().onRequest(this::cancel);
        try (desk) {
            work.stop().check();
            submit(desk);
            desk.finish();
        } catch (Exception failed) {
            throw failure(failed, watch, desk);
        } finally {
            spark.clearJobGroup();
            spark.removeSparkListener(progress);
            spark.removeSparkListener(watch);
        }
    }

    private void cancel() {
        spark.cancelJobGroup(work.runId());
    }

    private void submit(OutcomeDesk desk) {
        JavaRDD<byte[]> outcomes = last == 0 ? read().mapPartitions(new ReadToTarget(run)) : folded();
        spark.runJob(
                outcomes.rdd(),
                new Gathered(),
                partitions(),
                new HandOver(desk),
                ClassTag$.MODULE$.<byte[][]>apply(byte[][].class));
    }

    /** Behind a shuffle nothing is left of what an earlier driver has read. */
    private List<RemainingSplit> toRead() {
        return last == 0
                ? remaining
                : work.splits(0).stream().map(RemainingSplit::whole).toList();
    }

    private JavaRDD<SplitParcel> read() {
        List<SplitParcel> parcels = toRead().stream().map(SplitParcel::of).toList();
        JavaRDD<SplitParcel> splits =
                new JavaSparkContext(spark).parallelize(parcels, Math.max(1, Math.min(MAX_TASKS, parcels.size())));
        return work.pin().repeatability() == Repeatability.ONCE
                ? new UnrepeatableRdd(splits.rdd()).toJavaRDD()
                : splits;
    }

    private JavaRDD<byte[]> folded() {
        JavaPairRDD<Integer, byte[]> rows = read().mapPartitionsToPair(new ReadToShuffle(run));
        for (int stage = 1; stage < last; stage++) {
            announce(stage, run.buckets().get(stage));
            rows = shuffled(rows, stage).mapPartitionsToPair(new FoldToShuffle(run, stage, buckets(stage)));
        }
        announce(last, remaining.size());
        return shuffled(rows, last).mapPartitions(new FoldToTarget(run, buckets(last)));
    }

    private void announce(int stage, int buckets) {
        work.listener().on(new RunEvent.Exchanging(work.steps().cutBefore(stage), buckets));
    }

    private JavaPairRDD<Integer, byte[]> shuffled(JavaPairRDD<Integer, byte[]> rows, int stage) {
        return rows.partitionBy(new BucketPartitioner(run.buckets().get(stage)));
    }

    /** By their numbers. */
    private SplitParcel[] buckets(int stage) {
        SplitParcel[] buckets = new SplitParcel[run.buckets().get(stage)];
        for (Split split : work.splits(stage)) {
            buckets[Integer.parseInt(split.payload())] = SplitParcel.of(RemainingSplit.whole(split));
        }
        return buckets;
    }

    private Seq<Object> partitions() {
        List<Object> partitions = new ArrayList<>();
        if (last == 0) {
            IntStream.range(0, Math.min(MAX_TASKS, remaining.size())).forEach(partitions::add);
        } else {
            partitions.addAll(run.markerBuckets().get(last));
        }
        return JavaConverters.asScalaBuffer(partitions).toSeq();
    }

    private RuntimeException failure(Exception failed, FailureWatch watch, OutcomeDesk desk) {
        try {
            desk.finish();
        } catch (RuntimeException first) {
            return first;
        }
        if (watch.failure().isPresent()) {
            return watch.failure().get();
        }
        work.stop().check();
        return FailureWatch.understood(failed)
                .map(RuntimeException.class::cast)
                .orElseGet(() -> new MillraceException(
                        ErrorKind.INTERNAL, "the Spark job has failed: " + firstLine(failed), failed));
    }

    private static String firstLine(Exception failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse(failed.toString());
    }
}

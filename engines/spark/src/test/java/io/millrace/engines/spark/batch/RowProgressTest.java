package io.millrace.engines.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Split;
import io.millrace.core.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.Tuple2;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Rows are shown while tasks read them, and each once in the end. */
class RowProgressTest {
    private static final long ROWS = 7;

    private final Split first = new Split("a", 1, "", 100, 100);
    private final Split second = new Split("b", 1, "", 100, 100);
    private final List<String> shown = new ArrayList<>();
    private final RowProgress progress = new RowProgress(
            event -> {
                RunEvent.Progressed progressed = (RunEvent.Progressed) event;
                shown.add(progressed.split().id() + " " + progressed.rows());
            },
            ROWS,
            List.of(first, second));

    private void starts(long task, int partition) {
        progress.onTaskStart(new SparkListenerTaskStart(
                0, 0, new TaskInfo(task, partition, 0, partition, 0, "1", "host", TaskLocality.ANY(), false)));
    }

    private void beats(long task, long accumulator, long rows) {
        AccumulableInfo info = new AccumulableInfo(
                accumulator, Option.apply("rows"), Option.apply(rows), Option.empty(), false, false, Option.empty());
        Seq<AccumulableInfo> infos = seq(info);
        Tuple4<Object, Object, Object, Seq<AccumulableInfo>> update = new Tuple4<>(task, 0, 0, infos);
        progress.onExecutorMetricsUpdate(new SparkListenerExecutorMetricsUpdate(
                "1",
                seq(update),
                scala.collection.immutable.Map$.MODULE$.<Tuple2<Object, Object>, ExecutorMetrics>empty()));
    }

    private static <T> Seq<T> seq(T one) {
        return JavaConverters.asScalaBuffer(new ArrayList<>(List.of(one))).toList();
    }

    @Test
    void showsWhatHasBeenReadSinceTheLastHeartbeat() {
        starts(10, 0);
        starts(11, 1);
        beats(10, ROWS, 30);
        beats(11, ROWS, 5);
        beats(10, ROWS, 80);
        beats(10, ROWS + 1, 999);
        assertThat(shown).containsExactly("a 30", "b 5", "a 50");
        assertThat(progress.rest(first, 100)).isEqualTo(20);
        assertThat(progress.rest(second, 3)).as("of the first of two pieces").isZero();
        assertThat(progress.rest(second, 97)).as("2 of it were shown").isEqualTo(95);
    }

    @Test
    void anotherAttemptShowsWhatIsBeyondTheFirst() {
        starts(10, 0);
        beats(10, ROWS, 30);
        starts(12, 0);
        beats(12, ROWS, 20);
        beats(12, ROWS, 35);
        assertThat(shown).containsExactly("a 30", "a 5");
    }

    @Test
    void aLateHeartbeatShowsNothing() {
        starts(10, 0);
        assertThat(progress.rest(first, 100)).isEqualTo(100);
        beats(10, ROWS, 90);
        beats(77, ROWS, 90);
        assertThat(shown).isEmpty();
    }
}

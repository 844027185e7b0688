package io.millrace.engines.spark.batch;

import io.millrace.core.engine.EngineFactory.OpenEngine;
import io.millrace.core.engine.RunWork;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.CarriedJob;
import io.millrace.core.run.Job;
import io.millrace.core.step.GatheredClaims;
import java.util.List;
import org.apache.spark.SparkContext;

/**
 * Runs splits as tasks of a Spark job. Rows of equal key meet by Spark's shuffle, which does not outlive the driver: a run that
 * is resumed reads the source again for those buckets that are not finished.
 */
final class SparkEngine implements OpenEngine {
    private final SparkContext spark;
    private final CarriedJob job;
    private final CatalogSource catalogs;

    SparkEngine(SparkContext spark, CarriedJob job, CatalogSource catalogs) {
        this.spark = spark;
        this.job = job;
        this.catalogs = catalogs;
    }

    @Override
    public List<StepDefinition> adapted(List<StepDefinition> steps) {
        return GatheredClaims.in(steps);
    }

    @Override
    public boolean keepsExchanged() {
        return false;
    }

    @Override
    public boolean carriesRejects() {
        return !spark.isLocal();
    }

    @Override
    public int parallelism(Job.Options options) {
        return spark.defaultParallelism();
    }

    @Override
    public void execute(RunWork work) {
        if (!work.unfinished(work.steps().last()).isEmpty()) {
            OwnClasses.during(() -> new SparkJob(spark, job, catalogs, work).run());
        }
    }

    @Override
    public void close() {
        spark.stop();
    }
}

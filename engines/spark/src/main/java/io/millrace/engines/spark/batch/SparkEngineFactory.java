package io.millrace.engines.spark.batch;

import io.millrace.core.engine.EngineFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkContext;

/** Starts Spark in this process, or connects to a cluster. */
public final class SparkEngineFactory implements EngineFactory {
    @Override
    public String name() {
        return "spark";
    }

    @Override
    public OpenEngine open(Request request) {
        AtomicReference<OpenEngine> opened = new AtomicReference<>();
        OwnClasses.during(() -> opened.set(connect(request)));
        return opened.get();
    }

    private static OpenEngine connect(Request request) {
        SparkContext spark = new Connection(request).open();
        try {
            CatalogSource catalogs =
                    spark.isLocal() ? PluginCatalog.of(request.pluginFolders()) : SentPlugins.send(spark, request);
            return new SparkEngine(spark, request.job(), catalogs);
        } catch (RuntimeException failed) {
            spark.stop();
            throw failed;
        }
    }
}

package io.millrace.engines.spark.batch;

import io.millrace.api.MillraceException;
import io.millrace.core.engine.EngineFactory.Request;
import io.millrace.core.pipeline.SparkRunSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/** Makes the Spark context of a run; says why where a cluster cannot be had, instead of waiting for ever. */
final class Connection {
    private static final String STANDALONE = "spark://";
    private static final int USUAL_PORT = 7077;
    /** spark-submit sets it, and nobody else. */
    private static final String SUBMITTED = "spark.app.submitTime";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final long NAP_MILLIS = 50;

    private final Request request;
    private final SparkRunSettings settings;

    Connection(Request request) {
        this.request = request;
        this.settings = request.settings();
    }

    SparkContext open() {
        SparkConf conf = conf();
        String master = conf.get("spark.master");
        if (master.startsWith(STANDALONE)) {
            requireReachable(master);
        }
        SparkContext spark;
        try {
            spark = new SparkContext(conf);
        } catch (RuntimeException failed) {
            throw MillraceException.unavailable(
                    "Spark did not start with master " + master + ": " + failed.getMessage()
                            + "; see run.spark in the pipeline file, and the log above",
                    failed);
        }
        spark.uiWebUrl().foreach(url -> {
            request.notes().accept("Spark " + spark.version() + " on " + master + ", " + url);
            return null;
        });
        try {
            if (!spark.isLocal() && !conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
                awaitExecutor(spark, master);
            }
            return spark;
        } catch (RuntimeException failed) {
            spark.stop();
            throw failed;
        }
    }

    /** What spark-submit was told holds, whatever the pipeline file says. */
    private SparkConf conf() {
        SparkConf conf = new SparkConf();
        boolean submitted = conf.contains(SUBMITTED);
        settings.conf().forEach((name, value) -> {
            if (submitted) {
                conf.setIfMissing(name, value);
            } else {
                conf.set(name, value);
            }
        });
        if (!submitted) {
            settings.master().ifPresent(conf::setMaster);
        }
        conf.setIfMissing("spark.master", "local[*]");
        conf.setAppName("millrace " + request.name());
        // A port taken by another run is no news.
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        // Executors have the jar that was submitted.
        if (!submitted
                && !conf.get("spark.master").startsWith("local[")
                && !conf.get("spark.master").equals("local")) {
            ExecutorJars.addTo(conf);
        }
        return conf;
    }

    /** Of several masters in one address at least one. */
    private static void requireReachable(String master) {
        IOException last = null;
        for (String address : master.substring(STANDALONE.length()).split(",")) {
            URI uri = URI.create("tcp://" + address);
            int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(uri.getHost(), port), (int) CONNECT.toMillis());
                return;
            } catch (IOException failed) {
                last = failed;
            }
        }
        throw MillraceException.unavailable(
                "no Spark master answers at " + master + " (" + last.getMessage()
                        + "); check --master, and that the cluster is up",
                last);
    }

    private void awaitExecutor(SparkContext spark, String master) {
        long end = System.nanoTime() + settings.timeout().toNanos();
        // The driver itself is the first.
        while (spark.getExecutorMemoryStatus().size() < 2) {
            if (spark.isStopped()) {
                throw MillraceException.unavailable(
                        "the Spark master " + master + " has refused the application; see the log above", null);
            }
            if (System.nanoTime() > end) {
                throw MillraceException.unavailable(
                        "no executor has come from " + master + " within run.spark.timeout = " + settings.timeout()
                                + "; see on the master's page whether its workers have free cores and memory"
                                + " (spark.executor.memory, spark.cores.max)",
                        null);
            }
            try {
                // Spark tells nobody when an executor comes or the application is refused.
                Thread.sleep(NAP_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw MillraceException.unavailable("interrupted while waiting for Spark's executors", interrupted);
            }
        }
    }
}

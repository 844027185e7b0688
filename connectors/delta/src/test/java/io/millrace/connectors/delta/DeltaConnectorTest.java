package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Connector;
import io.millrace.api.LakeTable;
import io.millrace.api.WriteMode;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DeltaConnectorTest {
    @Test
    void describesItsTable() {
        LakeTable target = new DeltaTarget()
                .lakeTable(TestSettings.settings(new LoadMode.Upsert(List.of("id")), List.of("day")))
                .orElseThrow();
        assertThat(target.format()).isEqualTo(LakeTable.Format.DELTA);
        assertThat(target.mode()).isEqualTo(WriteMode.UPSERT);
        assertThat(target.key()).containsExactly("id");
        assertThat(target.partitionBy()).containsExactly("day");
        assertThat(new DeltaSource()
                        .lakeTable(TestSettings.source("1MB"))
                        .orElseThrow()
                        .location())
                .isEqualTo("lake");
    }

    /** Spark's class path has no Kernel: there the connector is only asked what it is. */
    @Test
    void answersWithoutDeltaKernelHadoopOrParquet() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.matches(".*/(delta-kernel|hadoop-client|parquet-|jackson)[^/]*\\.jar")) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> probe = Class.forName(Probe.class.getName(), true, loader);
            assertThat(probe.getMethod("describe").invoke(null)).isEqualTo("delta DELTA lake DELTA lake false");
        }
    }

    /** Runs inside the class loader that lacks them. */
    public static final class Probe {
        private Probe() {}

        public static String describe() {
            Connector connector = ServiceLoader.load(Connector.class, Probe.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(found -> found.name().equals("delta"))
                    .findFirst()
                    .orElseThrow();
            DeltaTarget target = (DeltaTarget) connector.target().orElseThrow();
            DeltaSource source = (DeltaSource) connector.source().orElseThrow();
            LakeTable written = target.lakeTable(TestSettings.settings(new LoadMode.Append(), List.of()))
                    .orElseThrow();
            LakeTable read = source.lakeTable(TestSettings.source("1MB")).orElseThrow();
            boolean kernel;
            try {
                Class.forName("io.delta.kernel.Table", false, Probe.class.getClassLoader());
                kernel = true;
            } catch (ClassNotFoundException absent) {
                kernel = false;
            }
            return connector.name() + " " + written.format() + " " + written.location() + " " + read.format() + " "
                    + read.location() + " " + kernel;
        }
    }
}

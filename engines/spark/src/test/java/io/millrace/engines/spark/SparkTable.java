package io.millrace.engines.spark;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A session in this process, which all tests share and nobody stops, and our batches as its tables. */
public final class SparkTable {
    private SparkTable() {}

    public static SparkSession session() {
        SparkSession session = SparkSession.builder()
                // A failed task is tried again, as on a cluster.
                .master("local[2,3]")
                .appName("expressions")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                // Small runs become few buckets.
                .config("spark.default.parallelism", "1")
                // Without it, Delta reads the log of a small table in 50 tasks.
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.maxPlanStringLength", "1000")
                .getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        SparkSettings.apply(session);
        return session;
    }

    public static Dataset<Row> of(Batch batch, SparkSession session) {
        StructType type = new StructType();
        for (Field field : batch.schema()) {
            type = type.add(field.name(), org.apache.spark.sql.types.DataType.fromDDL(SparkTypes.name(field.type())));
        }
        List<Row> rows = new ArrayList<>();
        for (Map<String, Object> record : batch.records()) {
            rows.add(RowFactory.create(batch.schema().fields().stream()
                    .map(field -> cell(record.get(field.name()), field.type()))
                    .toArray()));
        }
        return session.createDataFrame(rows, type);
    }

    private static Object cell(Object value, DataType type) {
        return type.kind() == DataType.Kind.LIST && value != null ? ((List<?>) value).toArray() : value;
    }
}

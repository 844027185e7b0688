import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Spark's own Delta on a table of ours. Started from its source, so that the build needs no Spark. Arguments: SQL statements,
 * in which {@code THE_TABLE} is the table; what a SELECT answers is written to a file of JSON lines.
 */
public final class SparkDelta {
    private static final String MICROS = "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX";

    private SparkDelta() {}

    public static void main(String[] arguments) throws Exception {
        String table = "delta.`" + arguments[0] + "`";
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate()) {
            for (String statement : Arrays.asList(arguments).subList(2, arguments.length)) {
                Dataset<Row> answer = spark.sql(statement.replace("THE_TABLE", table));
                if (statement.startsWith("SELECT")) {
                    List<String> lines = answer
                            .select(functions.to_json(functions.struct("*"), Map.of("timestampFormat", MICROS)))
                            .as(Encoders.STRING())
                            .collectAsList();
                    Files.write(Path.of(arguments[1]), lines);
                }
            }
        }
    }
}

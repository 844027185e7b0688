package io.millrace.bench.spark;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What Spark reads from a folder of Parquet files: types, and per column count, least, greatest, and a sum. */
final class SparkReading {
    private SparkReading() {}

    /** Argument: the folder. Prints lines that the benchmark compares with what another reader reads. */
    public static void main(String[] arguments) {
        try (SparkSession spark = Sessions.local("reading")) {
            Dataset<Row> events = spark.read().parquet(arguments[0]);
            events.createOrReplaceTempView("events");
            for (String column : events.columns()) {
                String type = events.schema().apply(column).dataType().simpleString();
                String value = canonical(column, type);
                Row row = spark.sql("SELECT count(" + column + "), min(" + value + "), max(" + value + "), sum("
                                + number(value, type) + ") FROM events")
                        .first();
                System.out.println("column: " + column + " " + type + " " + row.mkString("|"));
            }
            String text = Arrays.stream(events.columns())
                    .map(column -> "coalesce(cast("
                            + canonical(
                                    column,
                                    events.schema().apply(column).dataType().simpleString())
                            + " AS string), r'\\N')")
                    .collect(Collectors.joining(", ", "concat_ws(char(31), ", ")"));
            String hash = "cast(conv(left(md5(" + text + "), 16), 16, 10) AS decimal(38, 0))";
            Row whole = spark.sql("SELECT count(*), cast(sum(" + hash
                            + ") % 18446744073709551616 AS decimal(20, 0)) FROM events")
                    .first();
            System.out.println("rows: " + whole.getLong(0));
            System.out.println("hash: " + whole.getDecimal(1).toPlainString());
        }
    }

    private static String canonical(String column, String type) {
        return switch (type) {
            case "timestamp" -> "unix_micros(" + column + ")";
            case "double" -> "cast(round(" + column + " * 1000000) AS bigint)";
            default -> column;
        };
    }

    private static String number(String value, String type) {
        return type.equals("string") ? "octet_length(" + value + ")" : "cast(" + value + " AS decimal(38, 0))";
    }
}

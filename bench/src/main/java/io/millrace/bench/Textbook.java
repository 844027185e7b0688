package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** The main job as textbooks write it: a JDBC cursor, a map per row, a set of keys, a ParquetWriter of rows. */
final class Textbook {
    private static final int FETCH_SIZE = 10_000;
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            """
            message event {
              required int64 event_id;
              required int64 user_id;
              optional int64 item_id;
              optional binary event_type (STRING);
              required binary category (STRING);
              required double rating;
              optional binary session_id (STRING);
              optional binary device (STRING);
              optional binary page (STRING);
              optional int64 ts (TIMESTAMP(MICROS, true));
              optional int64 created_at (TIMESTAMP(MICROS, true));
            }
            """);

    private Textbook() {}

    /** Argument: the folder to write to. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        SelfTimed.repeat(1, () -> copy(folder.resolve("events.parquet")));
    }

    private static long copy(Path file) throws SQLException, IOException {
        Set<Object> seen = new HashSet<>();
        long written = 0;
        try (Connection connection = Source.connect();
                ParquetWriter<Map<String, Object>> writer = new Builder(new LocalOutputFile(file))
                        .withConf(new PlainParquetConfiguration())
                        .withCompressionCodec(CompressionCodecName.ZSTD)
                        .build()) {
            // The driver uses a cursor only inside a transaction.
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + Source.table())) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        Map<String, Object> row = row(rows);
                        if (TextbookCleaning.clean(row) && seen.add(row.get("event_id"))) {
                            writer.write(row);
                            written++;
                        }
                    }
                }
            }
        }
        return written;
    }

    private static Map<String, Object> row(ResultSet rows) throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        Map<String, Object> row = new HashMap<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            Object value = rows.getObject(i);
            if (value instanceof Timestamp time) {
                value = ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
            }
            row.put(metaData.getColumnName(i), value);
        }
        return row;
    }

    private static final class Builder extends ParquetWriter.Builder<Map<String, Object>, Builder> {
        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @Deprecated
        protected WriteSupport<Map<String, Object>> getWriteSupport(Configuration configuration) {
            return new MapWriteSupport(SCHEMA);
        }

        @Override
        protected WriteSupport<Map<String, Object>> getWriteSupport(ParquetConfiguration configuration) {
            return new MapWriteSupport(SCHEMA);
        }
    }
}

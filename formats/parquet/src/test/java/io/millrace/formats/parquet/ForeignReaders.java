package io.millrace.formats.parquet;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/** Reads a file by other people's code, into records as {@link io.millrace.api.data.Batch#records()} has them. */
final class ForeignReaders {
    private ForeignReaders() {}

    /** Parquet-java's own assembly of records. */
    static List<Map<String, Object>> parquetJava(Path path, Schema schema) throws Exception {
        List<Map<String, Object>> records = new ArrayList<>();
        try (ParquetFileReader file = ParquetFileReader.open(
                new LocalInputFile(path),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new PageDecompressors())
                        .withPageChecksumVerification(true)
                        .build())) {
            MessageType message = file.getFileMetaData().getSchema();
            for (PageReadStore pages = file.readNextRowGroup(); pages != null; pages = file.readNextRowGroup()) {
                RecordReader<Group> reader = new ColumnIOFactory()
                        .getColumnIO(message)
                        .getRecordReader(pages, new GroupRecordConverter(message));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    records.add(record(reader.read(), schema));
                }
            }
        }
        return records;
    }

    private static Map<String, Object> record(Group group, Schema schema) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            record.put(field.name(), value(group, i, field.type()));
        }
        return record;
    }

    private static Object value(Group group, int field, DataType type) {
        if (group.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> group.getBoolean(field, 0);
            case INT32 -> group.getInteger(field, 0);
            case INT64 -> group.getLong(field, 0);
            case FLOAT64 -> group.getDouble(field, 0);
            case DECIMAL -> decimal(group, field, (DecimalType) type);
            case STRING, JSON -> group.getBinary(field, 0).toStringUsingUTF8();
            case BINARY -> group.getBinary(field, 0).getBytes();
            case DATE -> LocalDate.ofEpochDay(group.getInteger(field, 0));
            case TIMESTAMP -> Timestamps.toInstant(group.getLong(field, 0));
            case LIST -> {
                Group list = group.getGroup(field, 0);
                List<Object> elements = new ArrayList<>();
                for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
                    elements.add(value(list.getGroup(0, i), 0, ((ListType) type).element()));
                }
                yield elements;
            }
        };
    }

    private static BigDecimal decimal(Group group, int field, DecimalType type) {
        if (type.precision() <= 9) {
            return BigDecimal.valueOf(group.getInteger(field, 0), type.scale());
        } else if (type.fitsLong()) {
            return BigDecimal.valueOf(group.getLong(field, 0), type.scale());
        }
        Binary bytes = group.getBinary(field, 0);
        return new BigDecimal(new BigInteger(bytes.getBytes()), type.scale());
    }

    /** DuckDB, rows in the file's order. */
    static List<Map<String, Object>> duckDb(Path path, Schema schema) throws Exception {
        List<Map<String, Object>> records = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet result = statement.executeQuery("SELECT * FROM read_parquet('" + path + "')")) {
                while (result.next()) {
                    Map<String, Object> record = new LinkedHashMap<>();
                    for (int i = 0; i < schema.size(); i++) {
                        record.put(
                                schema.field(i).name(),
                                ours(result.getObject(i + 1), schema.field(i).type()));
                    }
                    records.add(record);
                }
            }
        }
        return records;
    }

    private static Object ours(Object value, DataType type) throws Exception {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, DATE -> value;
            case STRING, JSON -> value.toString();
            case BINARY -> value instanceof Blob blob ? blob.getBytes(1, (int) blob.length()) : value;
            case TIMESTAMP -> value instanceof OffsetDateTime time ? time.toInstant() : (Instant) value;
            case LIST -> {
                List<Object> elements = new ArrayList<>();
                for (Object element : (Object[]) ((Array) value).getArray()) {
                    elements.add(ours(element, ((ListType) type).element()));
                }
                yield elements;
            }
        };
    }
}

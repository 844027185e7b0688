package io.millrace.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Gives parquet-java rows that are maps. */
final class MapWriteSupport extends WriteSupport<Map<String, Object>> {
    private final MessageType schema;
    private final List<Type> fields;
    private RecordConsumer consumer;

    MapWriteSupport(MessageType schema) {
        this.schema = schema;
        this.fields = schema.getFields();
    }

    @Override
    @Deprecated
    public WriteContext init(Configuration configuration) {
        return new WriteContext(schema, new HashMap<>());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(schema, new HashMap<>());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(Map<String, Object> row) {
        consumer.startMessage();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).getName();
            Object value = row.get(name);
            if (value != null) {
                consumer.startField(name, i);
                add(value);
                consumer.endField(name, i);
            }
        }
        consumer.endMessage();
    }

    private void add(Object value) {
        if (value instanceof Long number) {
            consumer.addLong(number);
        } else if (value instanceof Double number) {
            consumer.addDouble(number);
        } else {
            consumer.addBinary(Binary.fromString((String) value));
        }
    }
}

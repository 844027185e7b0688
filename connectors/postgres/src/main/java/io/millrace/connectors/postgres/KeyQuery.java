package io.millrace.connectors.postgres;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The query that looks up a batch of keys of one schema, and the decoder of its answers, which come in the keys' order
 * with the key's number before them. The keys are bound: COPY takes no parameters, but can read a setting. One thread.
 */
final class KeyQuery {
    private static final String NUMBER = Sql.identifier("_millrace_number");

    private final List<KeyColumn> keys;
    private final String copy;
    private final TupleDecoder decoder;
    private final Schema numbered;

    private KeyQuery(List<KeyColumn> keys, String copy, TupleDecoder decoder, Schema numbered) {
        this.keys = keys;
        this.copy = copy;
        this.decoder = decoder;
        this.numbered = numbered;
    }

    /** A user error where the table has no such key columns, or of types that cannot be compared. */
    static KeyQuery of(Relation table, Schema keySchema) {
        List<KeyColumn> keys = new ArrayList<>();
        for (Field field : keySchema) {
            keys.add(KeyColumn.of(field, table.require(field.name(), "on"), keys.size()));
        }
        String arrays = keys.stream().map(KeyColumn::array).collect(Collectors.joining(", "));
        String names = keys.stream().map(key -> key.alias() + ", ").collect(Collectors.joining());
        String conditions = keys.stream().map(KeyColumn::condition).collect(Collectors.joining(" AND "));
        String copy = "COPY (SELECT " + NUMBER + " - 1, " + table.selectList() + " FROM ROWS FROM ("
                + arrays + ") WITH ORDINALITY AS _millrace_keys (" + names + NUMBER + ") JOIN " + table.from()
                + " AS _millrace_table ON " + conditions + " ORDER BY " + NUMBER + ") TO STDOUT (FORMAT binary)";
        List<Field> fields = new ArrayList<>();
        List<PostgresType> types = new ArrayList<>();
        fields.add(new Field("", DataType.INT64, false));
        types.add(new PostgresType(DataType.INT64, NumberDecoders::int8));
        for (SourceColumn column : table.wanted()) {
            PostgresType type = column.type().orElseThrow();
            fields.add(Field.of(column.name(), type.dataType()));
            types.add(type);
        }
        Schema numbered = Schema.of(fields);
        return new KeyQuery(keys, copy, new TupleDecoder(numbered, types), numbered);
    }

    /** Hands the keys over for the transaction; parameters: {@link #parameters}. */
    String send() {
        return keys.stream()
                .map(key -> "pg_catalog.set_config('" + key.setting() + "', ?, true)")
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }

    Object[] parameters(Batch batch) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> keys.get(i).literal(batch.column(i)))
                .toArray();
    }

    String copy() {
        return copy;
    }

    TupleDecoder decoder() {
        return decoder;
    }

    /** Which key the row that begins here answers. */
    static int keyNumber(byte[] message, int at) {
        return (int) BigEndian.longAt(message, at + Short.BYTES + Integer.BYTES);
    }

    /** Answers a key that is not there. */
    void appendNulls() {
        for (int i = 0; i < numbered.size(); i++) {
            decoder.builder().column(i).appendNull();
        }
    }

    /** What was answered since the last call, without the numbers. */
    Batch answers() {
        BatchBuilder builder = decoder.builder();
        Batch all = builder.build(null);
        List<Column> columns = all.columns().subList(1, numbered.size());
        return Batch.of(Schema.of(numbered.fields().subList(1, numbered.size())), all.rowCount(), columns, null);
    }

    String keyNames() {
        return keys.stream().map(KeyColumn::name).collect(Collectors.joining(", "));
    }

    String answerName(int column) {
        return numbered.field(column).name();
    }
}

package io.millrace.core.lookup;

import io.millrace.api.Lookup;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/** Asks a server for those keys of a batch that the cache does not know, each once. One thread. */
final class CachedLookup implements PreparedLookup {
    private static final int MOST_KEYS = 8_192;

    private final Supplier<Lookup> server;
    private final KeyedSchema schema;
    private final AnswerCache cache;
    private final LookupCounter counter;
    private final KeyHash hash = new KeyHash();
    private Lookup connected;

    CachedLookup(Supplier<Lookup> server, KeyedSchema schema, AnswerCache cache, LookupCounter counter) {
        this.server = server;
        this.schema = schema;
        this.cache = cache;
        this.counter = counter;
    }

    @Override
    public Schema schema() {
        return schema.answers();
    }

    @Override
    public Schema keys() {
        return schema.keys();
    }

    @Override
    public String describe() {
        return schema.description();
    }

    @Override
    public Batch find(Batch asked, BitSet missing) {
        int count = asked.rowCount();
        Column[] keys = asked.columns().toArray(Column[]::new);
        int[] hashes = hash.of(keys, count);
        AnswerCache.Hits hits = cache.find(keys, count, hashes);
        Unknown unknown = new Unknown(keys, count, hashes, hits);
        List<Answers> answers = new ArrayList<>();
        for (int from = 0; from < unknown.size; from += MOST_KEYS) {
            answers.add(ask(asked, unknown, from, Math.min(unknown.size, from + MOST_KEYS)));
        }
        return assemble(asked, missing, hits, unknown, answers);
    }

    /** The keys that have to be asked for. */
    private static final class Unknown {
        /** By row: the number of its key, or -1 where it needs not be asked for. */
        final int[] numbers;
        /** By number: the first row with the key, and the key's hash. */
        final int[] rows;

        final int[] hashes;
        int size;

        Unknown(Column[] keys, int count, int[] allHashes, AnswerCache.Hits hits) {
            numbers = new int[count];
            rows = new int[count];
            hashes = new int[count];
            KeyIndex distinct = new KeyIndex(64);
            for (int row = 0; row < count; row++) {
                if (hits.known(row) || NullKeys.isNull(keys, row)) {
                    numbers[row] = -1;
                    continue;
                }
                int first = distinct.putIfAbsent(keys, row, allHashes[row]);
                if (first < 0) {
                    rows[size] = row;
                    hashes[size] = allHashes[row];
                }
                numbers[row] = first < 0 ? size++ : numbers[first];
            }
        }
    }

    private record Answers(Batch batch, BitSet missing) {}

    private Answers ask(Batch asked, Unknown unknown, int from, int to) {
        if (connected == null) {
            connected = server.get();
        }
        int[] rows = Arrays.copyOfRange(unknown.rows, from, to);
        Batch keys = asked.select(Selection.of(rows, rows.length));
        BitSet missing = new BitSet();
        long askedAt = cache.now();
        Batch all = connected.find(keys, missing);
        List<Column> wanted = schema.answers().names().stream().map(all::column).toList();
        Batch answers = Batch.of(schema.answers(), rows.length, wanted, null);
        cache.put(keys, Arrays.copyOfRange(unknown.hashes, from, to), answers, missing, askedAt);
        return new Answers(answers, missing);
    }

    private Batch assemble(Batch asked, BitSet missing, AnswerCache.Hits hits, Unknown unknown, List<Answers> answers) {
        int count = asked.rowCount();
        missing.clear();
        for (int row = 0; row < count; row++) {
            int number = unknown.numbers[row];
            boolean found = number < 0
                    ? hits.known(row) && !hits.missing(row)
                    : !answers.get(number / MOST_KEYS).missing.get(number % MOST_KEYS);
            missing.set(row, !found);
        }
        counter.add(count, missing.cardinality());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < schema.answers().size(); i++) {
            GrowingColumn column = GrowingColumn.of(schema.answers().field(i).type());
            column.reserve(count, 0);
            for (int row = 0; row < count; row++) {
                int number = unknown.numbers[row];
                if (missing.get(row)) {
                    column.appendNull();
                } else if (number < 0) {
                    hits.append(row, i, column);
                } else {
                    column.append(answers.get(number / MOST_KEYS).batch.column(i), number % MOST_KEYS);
                }
            }
            columns.add(column.column());
        }
        return Batch.of(schema.answers(), count, columns, asked.origin().orElse(null));
    }

    @Override
    public void close() {
        if (connected != null) {
            connected.close();
            connected = null;
        }
    }
}

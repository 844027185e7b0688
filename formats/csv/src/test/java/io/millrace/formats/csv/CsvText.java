package io.millrace.formats.csv;

import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a text in a test. */
final class CsvText {
    final List<Map<String, Object>> rows = new ArrayList<>();
    final List<String> rejects = new ArrayList<>();

    private final byte[] bytes;
    private final CsvSettings settings;
    private int limit = 1 << 20;

    CsvText(String text, CsvSettings settings) {
        this(text.getBytes(StandardCharsets.UTF_8), settings);
    }

    CsvText(byte[] bytes, CsvSettings settings) {
        this.bytes = bytes;
        this.settings = settings;
    }

    CsvText limit(int longest) {
        limit = longest;
        return this;
    }

    static CsvColumn column(String name, DataType type) {
        return new CsvColumn(name, type, false, Optional.empty());
    }

    /** A stream that gives a few bytes at a time. */
    private InputStream dribble(int from) {
        return new ByteArrayInputStream(bytes, from, bytes.length - from) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 7));
            }
        };
    }

    /** The columns are those of the header, all of them text. */
    CsvText read() {
        List<String> names = CsvReader.names(dribble(0), "a.csv", settings, limit);
        return read(names.stream().map(name -> column(name, DataType.STRING)).toList(), names);
    }

    CsvText read(List<CsvColumn> columns, List<String> names) {
        return range(columns, names, 0, Long.MAX_VALUE);
    }

    CsvText range(List<CsvColumn> columns, List<String> names, long from, long to) {
        BatchBuilder out = new BatchBuilder(
                Schema.of(columns.stream().map(CsvColumn::field).toList()));
        InputStream in = dribble((int) Math.max(0, from - 1));
        CsvReader reader = CsvReader.range(in, "a.csv", settings, columns, names, from, to, limit, out);
        for (CsvReader.Outcome outcome = reader.next(); outcome != CsvReader.Outcome.END; outcome = reader.next()) {
            if (outcome == CsvReader.Outcome.REJECTED) {
                CsvFailure failure = reader.failure();
                rejects.add(reader.line() + "@" + reader.offset() + " "
                        + (failure.column() == null ? "" : failure.column() + " ") + failure.reason() + ": "
                        + failure.raw());
            }
        }
        rows.addAll(out.build(null).records());
        return this;
    }

    /** The values of each row, one list each. */
    List<List<Object>> values() {
        return rows.stream()
                .map(row -> (List<Object>) new ArrayList<>(row.values()))
                .toList();
    }
}

package io.millrace.connectors.files;

import com.github.luben.zstd.Zstd;
import io.millrace.api.ByteSize;
import io.millrace.api.Extractor;
import io.millrace.api.RetryPolicy;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.csv.CsvSettings;
import io.millrace.formats.parquet.ParquetBatchWriter;
import io.millrace.formats.parquet.ParquetOptions;
import io.millrace.testkit.extractor.ExtractorSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Some thousand rows in four files of one format, the first of which is large enough to be cut. */
final class FilesSubject implements ExtractorSubject {
    static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64),
            Field.of("text", DataType.STRING),
            Field.of("price", DataType.decimal(10, 2)),
            Field.of("created_at", DataType.TIMESTAMP));

    private static final String HEADER = "id,text,price,created_at\n";

    private final SourceUnderTest source;
    private final FileFormat format;
    private final String ending;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private int files;
    private long undecodable;

    FilesSubject(SourceUnderTest source, FileFormat format, String ending) {
        this.source = source;
        this.format = format;
        this.ending = ending;
        configure(source);
        add(0, 2000, true);
        add(2000, 2500, false);
        add(2500, 2900, true);
        add(2900, 3000, false);
    }

    private void configure(SourceUnderTest one) {
        one.format = Optional.of(format);
        one.splitSize = ByteSize.parse("16KB");
        if (format != FileFormat.PARQUET) {
            SCHEMA.forEach(field -> one.column(field.name(), field.type().toString()));
        }
        if (format == FileFormat.CSV) {
            one.csv = Optional.of(new CsvSettings(true, ",", "\"", Optional.empty(), "", false));
        }
    }

    private Map<String, Object> row(int i) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", (long) i);
        row.put("text", i % 40 == 0 ? null : "é,\"x\" ".repeat(i % 7) + i);
        row.put("price", BigDecimal.valueOf(i, 2));
        row.put(
                "created_at",
                i % 50 == 0 ? null : Instant.parse("2024-01-01T00:00:00Z").plusSeconds(3600L * i));
        return row;
    }

    private void add(int from, int to, boolean bad) {
        List<Map<String, Object>> added = new ArrayList<>();
        for (int i = from; i < to; i++) {
            added.add(row(i));
        }
        rows.addAll(added);
        boolean malformed = bad && format != FileFormat.PARQUET;
        undecodable += malformed ? 2 : 0;
        source.put("part-" + files++ + ending, bytes(added, malformed));
    }

    private byte[] bytes(List<Map<String, Object>> added, boolean malformed) {
        StringBuilder text = new StringBuilder();
        switch (format) {
            case PARQUET -> {
                return parquet(added);
            }
            case CSV -> {
                text.append(HEADER);
                added.forEach(row -> text.append(csv(row)));
                text.append(malformed ? "1,2\nno,\"number\",1,2024-01-01\n" : "");
            }
            case JSON_LINES -> {
                added.forEach(row -> text.append(json(row)));
                text.append(malformed ? "{\"id\": 1,\n{\"id\": 1.5}\n" : "");
            }
        }
        return packed(text.toString().getBytes(StandardCharsets.UTF_8), ending);
    }

    private static String csv(Map<String, Object> row) {
        Object text = row.get("text");
        String written = text == null ? "" : '"' + text.toString().replace("\"", "\"\"") + '"';
        Object time = row.get("created_at");
        return row.get("id") + "," + written + "," + row.get("price") + "," + (time == null ? "" : time) + "\r\n";
    }

    private static String json(Map<String, Object> row) {
        Object text = row.get("text");
        String written = text == null ? "null" : '"' + text.toString().replace("\"", "\\\"") + '"';
        return "{\"id\":" + row.get("id") + ",\"more\":[1],\"text\":" + written + ",\"price\":" + row.get("price")
                + ",\"created_at\":"
                + (row.get("created_at") == null
                        ? "null"
                        : '"' + row.get("created_at").toString() + '"') + "}\n";
    }

    static byte[] packed(byte[] bytes, String ending) {
        try {
            if (ending.endsWith(".zst")) {
                return Zstd.compress(bytes);
            }
            if (!ending.endsWith(".gz")) {
                return bytes;
            }
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes);
            }
            return packed.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Row groups of 300 rows. */
    static byte[] parquet(List<Map<String, Object>> rows) {
        try {
            Path folder = Files.createTempDirectory("parquet");
            Path file = folder.resolve("a.parquet");
            try (ParquetBatchWriter writer = new ParquetBatchWriter(file, SCHEMA, ParquetOptions.DEFAULT)) {
                for (int from = 0; from < rows.size(); from += 300) {
                    writer.write(Batch.ofRecords(SCHEMA, rows.subList(from, Math.min(rows.size(), from + 300))));
                    writer.endRowGroup();
                }
                writer.finish();
            }
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(folder);
            return bytes;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Extractor extractor() {
        return source.extractor();
    }

    @Override
    public List<Map<String, Object>> rows() {
        return List.copyOf(rows);
    }

    @Override
    public long undecodableRows() {
        return undecodable;
    }

    @Override
    public void addRows() {
        add(rows.size(), rows.size() + 10, false);
    }

    @Override
    public Optional<String> secret() {
        return source.secretKey;
    }

    private SourceUnderTest other(String path) {
        SourceUnderTest other = source.again(path);
        other.schema = new LinkedHashMap<>();
        configure(other);
        return other;
    }

    @Override
    public Optional<Extractor> missing() {
        return Optional.of(other("nothing" + ending).extractor());
    }

    @Override
    public Optional<Extractor> unreachable() {
        if (source.endpoint.isEmpty()) {
            return Optional.empty();
        }
        SourceUnderTest away = other("*" + ending);
        away.endpoint = Optional.of("http://127.0.0.1:1");
        away.retry = RetryPolicy.NONE;
        return Optional.of(away.extractor());
    }

    @Override
    public Optional<Extractor> denied() {
        if (source.endpoint.isEmpty()) {
            return Optional.empty();
        }
        SourceUnderTest denied = other("*" + ending);
        denied.secretKey = Optional.of("not the secret");
        return Optional.of(denied.extractor());
    }

    @Override
    public Optional<Extractor> silent() {
        return Optional.empty();
    }

    @Override
    public void close() {
        source.storage.close();
    }
}
